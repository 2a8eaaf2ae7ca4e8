package io.gantry.client.leader;

import io.gantry.api.StatusException;
import io.gantry.api.coordination.v1.lease.Lease;
import io.gantry.api.coordination.v1.lease.LeaseBuilder;
import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.api.coordination.v1.lease.LeaseSpec;
import io.gantry.api.coordination.v1.lease.LeaseSpecBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.client.ApiClient;
import io.gantry.client.Resource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets one of several processes work at a time, by a Lease (upstream `client-go/tools/leaderelection`). Clocks of the
/// processes are not compared: each counts from when it saw the lease change. A leader that cannot renew stops
/// after the renew deadline, counted from before its last renewal was sent, thus earlier than anybody may take
/// over.
public final class LeaderElector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderElector.class);
    private static final double JITTER = 0.2;

    private final Resource<Lease> leases;
    private final LeaderElection election;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Lease seen;
    private long seenNanos;
    private volatile long leadsUntilNanos;
    private volatile boolean leading;

    /// Takes part when [#run] is called.
    public LeaderElector(ApiClient client, LeaderElection election) {
        this.leases = client.resource(LeaseKind.KIND);
        this.election = election;
    }

    /// Waits for leadership, calls `onStart` (which starts the work and returns), renews, and calls `onStop` (which
    /// returns only when the work has stopped) when leadership is lost or [#close] was called; then returns.
    /// A caller that wants to lead again calls it again.
    public void run(Runnable onStart, Runnable onStop) throws InterruptedException {
        OptionalLong acquired = acquire();
        if (acquired.isEmpty()) {
            return;
        }
        leads(acquired.getAsLong());
        LOG.info("{} became leader of {}/{}", election.identity(), election.namespace(), election.name());
        try {
            onStart.run();
            renew(acquired.getAsLong());
        } finally {
            onStop.run();
            leading = false;
        }
        release();
    }

    /// Whether this process may still act as the leader: false as soon as the renew deadline has passed, even when the
    /// work has not been stopped yet. Writes of the work are to be fenced by it.
    public boolean leads() {
        return leading && System.nanoTime() - leadsUntilNanos < 0;
    }

    /// Upstream's metric of who leads, in Prometheus' text format.
    public String metrics() {
        return "# TYPE leader_election_master_status gauge\nleader_election_master_status{name=\"" + election.name()
                + "\"} " + (leads() ? 1 : 0) + "\n";
    }

    private void leads(long renewedNanos) {
        leadsUntilNanos = renewedNanos + election.renewDeadline().toNanos();
        leading = true;
    }

    /// When the lease was taken (before the request was sent); empty when closed first. A lease that took so long to
    /// get that its time is all but over is renewed first.
    private OptionalLong acquire() throws InterruptedException {
        long patience = election.renewDeadline().minus(election.retryPeriod()).toNanos();
        while (isOpen()) {
            long before = System.nanoTime();
            boolean taken = tryAcquireOrRenew();
            if (taken && System.nanoTime() - before < patience) {
                return OptionalLong.of(before);
            }
            if (!taken) {
                pause(election.retryPeriod());
            }
        }
        return OptionalLong.empty();
    }

    private void renew(long acquiredNanos) throws InterruptedException {
        long renewed = acquiredNanos;
        long before = acquiredNanos;
        while (isOpen()) {
            // To start the work, or the last attempt, may have taken a part of the pause, or more.
            pause(election.retryPeriod().minusNanos(System.nanoTime() - before));
            before = System.nanoTime();
            if (tryAcquireOrRenewWithin(
                    Duration.ofNanos(renewed + election.renewDeadline().toNanos() - before))) {
                renewed = before;
                leads(renewed);
            } else if (System.nanoTime() - renewed >= election.renewDeadline().toNanos()) {
                LOG.error("{} lost {}/{}", election.identity(), election.namespace(), election.name());
                return;
            }
        }
    }

    /// A renewal that hangs must not outlive the deadline, so it runs beside and is waited for only that long.
    private boolean tryAcquireOrRenewWithin(Duration limit) throws InterruptedException {
        CountDownLatch finished = new CountDownLatch(1);
        boolean[] renewed = new boolean[1];
        Thread attempt = Thread.ofVirtual().name("lease-renewal").start(() -> {
            renewed[0] = tryAcquireOrRenew();
            finished.countDown();
        });
        if (finished.await(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS)) {
            return renewed[0];
        }
        attempt.interrupt();
        return false;
    }

    private boolean tryAcquireOrRenew() {
        try {
            Optional<Lease> found = leases.find(election.namespace(), election.name());
            if (found.isEmpty()) {
                observe(leases.create(fresh()));
                return true;
            }
            Lease lease = found.get();
            observe(lease);
            boolean mine = election.identity().equals(lease.spec().holderIdentity());
            if (!mine && isHeld(lease)) {
                return false;
            }
            observe(leases.update(taken(lease, mine)));
            return true;
        } catch (StatusException e) {
            LOG.debug("lease {}/{}: {}", election.namespace(), election.name(), e.getMessage());
            return false;
        }
    }

    private synchronized void observe(Lease lease) {
        if (seen == null || !lease.spec().equals(seen.spec())) {
            seen = lease;
            seenNanos = System.nanoTime();
        }
    }

    private synchronized boolean isHeld(Lease lease) {
        String holder = lease.spec().holderIdentity();
        Integer seconds = lease.spec().leaseDurationSeconds();
        long limit = seconds == null ? election.leaseDuration().toNanos() : TimeUnit.SECONDS.toNanos(seconds);
        return holder != null && !holder.isEmpty() && System.nanoTime() - seenNanos < limit;
    }

    private Lease fresh() {
        Instant now = now();
        return LeaseBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(election.namespace())
                        .name(election.name())
                        .build())
                .spec(LeaseSpecBuilder.builder()
                        .holderIdentity(election.identity())
                        .leaseDurationSeconds(election.leaseSeconds())
                        .acquireTime(now)
                        .renewTime(now)
                        .leaseTransitions(0)
                        .build())
                .build();
    }

    private Lease taken(Lease lease, boolean mine) {
        Instant now = now();
        LeaseSpecBuilder spec = LeaseSpecBuilder.builder(lease.spec())
                .holderIdentity(election.identity())
                .leaseDurationSeconds(election.leaseSeconds())
                .renewTime(now);
        if (!mine) {
            Integer transitions = lease.spec().leaseTransitions();
            spec.acquireTime(now).leaseTransitions(transitions == null ? 1 : transitions + 1);
        }
        return LeaseBuilder.builder(lease).spec(spec.build()).build();
    }

    /// Gives the lease back, so that the next leader need not wait for it to run out.
    private void release() {
        try {
            Optional<Lease> found = leases.find(election.namespace(), election.name());
            if (found.isEmpty()
                    || !election.identity().equals(found.get().spec().holderIdentity())) {
                return;
            }
            LeaseSpec spec = LeaseSpecBuilder.builder(found.get().spec())
                    .holderIdentity("")
                    .leaseDurationSeconds(1)
                    .renewTime(now())
                    .build();
            leases.update(LeaseBuilder.builder(found.get()).spec(spec).build());
        } catch (StatusException e) {
            LOG.info("lease not given back, it will run out: {}", e.getMessage());
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private void pause(Duration time) throws InterruptedException {
        long millis = (long)
                (time.toMillis() * (1 + JITTER * ThreadLocalRandom.current().nextDouble()));
        if (closed.await(millis, TimeUnit.MILLISECONDS)) {
            LOG.debug("leader election closed");
        }
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /// Makes [#run] stop the work, give the lease back and return.
    @Override
    public void close() {
        closed.countDown();
    }
}
