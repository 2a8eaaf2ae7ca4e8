package io.gantry.kubeproxy;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Backoff;
import io.gantry.kubeproxy.route.RoutePlan;
import io.gantry.kubeproxy.route.Routes;
import io.gantry.kubeproxy.rules.NodeNetwork;
import io.gantry.kubeproxy.rules.Ruleset;
import io.gantry.kubeproxy.rules.RulesetPlan;
import io.gantry.kubeproxy.service.HostPortMapping;
import io.gantry.kubeproxy.service.ServicePortInfo;
import io.gantry.kubeproxy.service.ServicePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the node's table and routes as the cluster wants them. Changes are noted by any thread and applied
/// together by
/// one, at once when it is idle, else at most every [#MIN_PERIOD].
final class Proxier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proxier.class);
    private static final Duration MIN_PERIOD = Duration.ofMillis(50);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /// What the cluster wants, as informers have it.
    record Cluster(
            Lister<Service> services, Lister<EndpointSlice> slices, Lister<Pod> podsOfNode, Lister<Node> nodes) {}

    /// Who this is.
    record Self(String node, String clusterCidr, boolean bridgeFiltered) {}

    /// What is written to.
    record Kernel(NftTable table, Routes routes, Conntrack conntrack) {}

    private final Cluster cluster;
    private final Self self;
    private final Kernel kernel;
    private final SyncMetrics metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, new SplittableRandom());
    private volatile Optional<String> problem = Optional.of("not yet synced");
    private boolean dirty = true;
    private boolean closed;
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});

    Proxier(Cluster cluster, Self self, Kernel kernel, SyncMetrics metrics) {
        this.cluster = cluster;
        this.self = self;
        this.kernel = kernel;
        this.metrics = metrics;
    }

    /// Starts applying; informers should have synced before, or services would vanish for a moment.
    void start() {
        thread = Thread.ofVirtual().name("proxier").start(this::run);
    }

    /// Notes that something changed. Never blocks for long.
    void wake() {
        lock.lock();
        try {
            dirty = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Why the last attempt failed; empty when all is applied.
    Optional<String> problem() {
        return problem;
    }

    private void run() {
        try {
            while (awaitWork()) {
                long start = System.nanoTime();
                boolean complete = syncOnce();
                if (complete) {
                    backoff.reset();
                    metrics.synced(System.nanoTime() - start);
                    pause(MIN_PERIOD, false);
                } else {
                    pause(backoff.next(), true);
                    wake();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("stopped");
        }
    }

    private boolean syncOnce() {
        try {
            List<Node> nodes = cluster.nodes.all();
            NodeNetwork network =
                    new NodeNetwork(self.clusterCidr, RoutePlan.podCidr(nodes, self.node), self.bridgeFiltered);
            List<ServicePortInfo> services = ServicePorts.of(cluster.services.all(), cluster.slices.all(), self.node);
            Ruleset wanted = RulesetPlan.of(services, HostPortMapping.of(cluster.podsOfNode.all()), network);
            kernel.table.apply(wanted);
            boolean complete = kernel.routes.apply(RoutePlan.of(nodes, self.node));
            kernel.conntrack.forgetStale(services);
            problem = Optional.empty();
            return complete;
        } catch (IOException | RuntimeException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
            metrics.failed();
            LOG.error("sync failed, trying again", e);
            return false;
        }
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!dirty && !closed) {
                changed.await();
            }
            dirty = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the time to pass, or for news where they may end the wait.
    private void pause(Duration time, boolean endsOnNews) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        lock.lockInterruptibly();
        try {
            long left = until - System.nanoTime();
            while (left > 0 && !closed && !(endsOnNews && dirty)) {
                if (!changed.await(left, TimeUnit.NANOSECONDS)) {
                    return;
                }
                left = until - System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Stops; table and routes stay, so that traffic goes on while the process is away.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }
}
