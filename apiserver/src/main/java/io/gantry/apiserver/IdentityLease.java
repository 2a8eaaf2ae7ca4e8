package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.coordination.v1.lease.Lease;
import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.api.coordination.v1.lease.LeaseSpec;
import io.gantry.api.schema.GoTimes;
import io.gantry.apiserver.endpoint.InternalWrites;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.component.VirtualThreads;
import io.gantry.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The Lease in `kube-system` by which this server is known (KEP-1965): new at each start, renewed every ten seconds,
/// gone with the server. Those of servers that went without a word are deleted when they are over (upstream
/// `component-helpers/apimachinery/lease`, `controlplane/controller/apiserverleasegc`). Blocks; thread-safe.
final class IdentityLease {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityLease.class);
    private static final String NAMESPACE = "kube-system";
    private static final String COMPONENT_LABEL = "apiserver.kubernetes.io/identity";
    private static final Duration DURATION = Duration.ofHours(1);
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    private final InternalWrites objects;
    private final ObjectReader reader;
    private final InstantSource clock;
    private final String host;
    private final String name;
    private final String holder;
    private boolean left;

    /// @param host the machine's name
    IdentityLease(InternalWrites objects, ObjectReader reader, InstantSource clock, String host) {
        this.objects = objects;
        this.reader = reader;
        this.clock = clock;
        this.host = host;
        this.name = ServerIdentity.of(host);
        this.holder = name + "_" + UUID.randomUUID();
    }

    /// Takes away what an earlier server of this name left, and says that this one is there. What hinders it is tried
    /// again with the next renewal.
    synchronized void begin() {
        attempt(() -> {
            objects.delete(LeaseKind.KIND, NAMESPACE, name);
            renew();
        });
    }

    /// Renews it from now on, and deletes others that are over at once and then every hour.
    void keep(ScheduledExecutorService timer) {
        every(timer, RENEWAL, RENEWAL, this::renew);
        every(timer, RENEWAL, DURATION, this::collect);
    }

    private void every(ScheduledExecutorService timer, Duration first, Duration period, Runnable step) {
        timer.scheduleAtFixedRate(
                () -> VirtualThreads.background().name("identity-lease").start(() -> attempt(step)),
                first.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (StatusException | StoreException e) {
            LOG.warn("the server's Lease {} has to wait: {}", name, e.getMessage());
        }
    }

    private synchronized void renew() {
        if (left) {
            return;
        }
        Optional<ObjectNode> current = objects.read(LeaseKind.KIND, NAMESPACE, name);
        if (current.isPresent()) {
            objects.update(LeaseKind.KIND, filled(current.get()));
        } else {
            objects.create(LeaseKind.KIND, filled(fresh()));
        }
    }

    private ObjectNode fresh() {
        ObjectNode lease = Json.MAPPER.createObjectNode();
        lease.putObject("metadata").put("name", name).put("namespace", NAMESPACE);
        lease.putObject("spec").put("holderIdentity", holder);
        return lease;
    }

    private ObjectNode filled(ObjectNode lease) {
        lease.withObjectProperty("metadata")
                .withObjectProperty("labels")
                .put(COMPONENT_LABEL, ServerIdentity.COMPONENT)
                .put("kubernetes.io/hostname", host);
        lease.withObjectProperty("spec")
                .put("leaseDurationSeconds", (int) DURATION.toSeconds())
                .put("renewTime", GoTimes.micros(clock.instant()));
        return lease;
    }

    private void collect() {
        over(reader.readAll(LeaseKind.KIND, NAMESPACE), clock.instant())
                .forEach(lease -> objects.delete(LeaseKind.KIND, NAMESPACE, lease));
    }

    /// The names of those Leases of servers that were not renewed in time, or do not say until when they are.
    static List<String> over(List<Lease> leases, Instant now) {
        return leases.stream()
                .filter(lease -> ServerIdentity.COMPONENT.equals(
                        lease.metadata().labels().get(COMPONENT_LABEL)))
                .filter(lease -> isOver(lease.spec(), now))
                .map(lease -> String.valueOf(lease.metadata().name()))
                .toList();
    }

    private static boolean isOver(LeaseSpec spec, Instant now) {
        return spec.renewTime() == null
                || spec.leaseDurationSeconds() == null
                || spec.renewTime().plusSeconds(spec.leaseDurationSeconds()).isBefore(now);
    }

    /// Takes it away; it is not made again.
    synchronized void leave() {
        left = true;
        attempt(() -> objects.delete(LeaseKind.KIND, NAMESPACE, name));
    }
}
