package io.gantry.kubelet.node;

import io.gantry.api.StatusException;
import io.gantry.api.coordination.v1.lease.Lease;
import io.gantry.api.coordination.v1.lease.LeaseBuilder;
import io.gantry.api.coordination.v1.lease.LeaseSpecBuilder;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReferenceBuilder;
import io.gantry.client.Resource;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renews the node's lease: the sign that the node lives. One virtual thread.
public final class NodeLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);
    private static final String NAMESPACE = "kube-node-lease";
    private static final int DURATION_SECONDS = 40;
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final String name;
    private final Resource<Lease> leases;
    private final Resource<Node> nodes;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<Lease> latest = Optional.empty();
    private boolean failing;

    public NodeLease(String nodeName, Resource<Lease> leases, Resource<Node> nodes, Clock clock) {
        this.name = nodeName;
        this.leases = leases;
        this.nodes = nodes;
        this.clock = clock;
    }

    public void start() {
        Thread.ofVirtual().name("node-lease").start(() -> {
            try {
                boolean renewed = false;
                do {
                    renewed = renew();
                } while (!closed.await((renewed ? PERIOD : RETRY).toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException stopped) {
                LOG.debug("lease stopped");
            }
        });
    }

    private boolean renew() {
        try {
            latest = Optional.of(latest.isPresent() ? leases.update(renewed(latest.get())) : findOrCreate());
            failing = false;
            return true;
        } catch (StatusException failure) {
            latest = Optional.empty();
            if (!failing) {
                LOG.warn("lease not renewed: {}", failure.getMessage());
            }
            failing = !failure.isConflict();
            return false;
        } catch (RuntimeException bug) {
            LOG.error("renewing the lease broke, it is tried again", bug);
            latest = Optional.empty();
            return false;
        }
    }

    private Lease findOrCreate() {
        Optional<Lease> found = leases.find(NAMESPACE, name);
        return found.isPresent() ? leases.update(renewed(found.get())) : leases.create(fresh());
    }

    private Lease renewed(Lease lease) {
        return LeaseBuilder.builder(lease)
                .metadata(owned(lease.metadata()))
                .spec(LeaseSpecBuilder.builder(lease.spec())
                        .holderIdentity(name)
                        .leaseDurationSeconds(DURATION_SECONDS)
                        .renewTime(clock.instant().truncatedTo(ChronoUnit.MICROS))
                        .build())
                .build();
    }

    /// The node owns its lease; a lease that is older than the node gets its owner later.
    private ObjectMeta owned(ObjectMeta metadata) {
        if (!metadata.ownerReferences().isEmpty()) {
            return metadata;
        }
        return nodes.find("", name)
                .map(node -> ObjectMetaBuilder.builder(metadata)
                        .ownerReferences(List.of(OwnerReferenceBuilder.builder()
                                .apiVersion("v1")
                                .kind("Node")
                                .name(name)
                                .uid(node.metadata().uid())
                                .build()))
                        .build())
                .orElse(metadata);
    }

    private Lease fresh() {
        return renewed(LeaseBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .namespace(NAMESPACE)
                        .build())
                .spec(LeaseSpecBuilder.builder().build())
                .build());
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
