package io.gantry.kubelet.simulated;

import io.gantry.api.StatusException;
import io.gantry.api.coordination.v1.lease.Lease;
import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Resource;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Selection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Nodes without machines: each registers, renews its lease every 10 s and tells its status every 5 min
/// as a kubelet does, has room for volumes that are provisioned ([SimulatedVolumes]), and its pods go through their
/// phases on a clock ([Script] says how pods are scripted). Thousands fit in one process: one informer and one timer
/// serve all of them. Thread-safe.
public final class SimulatedNodes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedNodes.class);
    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final Duration TELL_STATUS = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final Timers timers = new Timers();
    private final Map<String, NodeSlot> slots = new ConcurrentHashMap<>();
    private final Map<String, NodeHeartbeat> heartbeats = new ConcurrentHashMap<>();
    private final AtomicInteger nextIndex = new AtomicInteger();
    private final InformerFactory informers;
    private final SimulatedPods pods;
    private final Resource<Node> nodes;
    private final Resource<Lease> leases;
    private final Clock clock;
    private final int port;

    /// @param port the kubelet port that the nodes name
    public SimulatedNodes(ApiClient client, Clock clock, int port) {
        this.nodes = client.resource(NodeKind.KIND);
        this.leases = client.resource(LeaseKind.KIND).withoutManagedFields();
        this.clock = clock;
        this.port = port;
        this.pods = new SimulatedPods(client, timers, clock, slots);
        this.informers = new InformerFactory(client);
        informers.informer(PodKind.KIND, Selection.ofFields("spec.nodeName!=")).addHandler(pods);
        informers.informer(NodeKind.KIND).addHandler(InformerHandler.of(this::look, gone -> {}));
    }

    /// What a kubelet looks for in its own Node.
    private void look(Node node) {
        String name = Objects.requireNonNullElse(node.metadata().name(), "");
        NodeSlot slot = slots.get(name);
        NodeHeartbeat heartbeat = heartbeats.get(name);
        if (slot == null || heartbeat == null || slot.isDown()) {
            return;
        }
        if (isDoubted(node)) {
            timers.execute(() -> tell(name, slot, heartbeat::tellReturn));
        }
        if (!SimulatedVolumes.answers(node).isEmpty()) {
            timers.execute(() -> tell(name, slot, () -> latest(name).ifPresent(heartbeat::tellVolumes)));
        }
    }

    private Optional<Node> latest(String name) {
        return informers.informer(NodeKind.KIND).lister().get("", name);
    }

    /// Whether others take the node for dead: one that is up says so, as a kubelet does at its next look at its Node.
    private static boolean isDoubted(Node node) {
        return node.status().conditions().stream()
                .anyMatch(c -> c.type().equals("Ready") && !c.status().equals("True"));
    }

    /// Tries until the API server takes it, the node fails or its Node is gone.
    private void tell(String name, NodeSlot slot, Runnable request) {
        try {
            timers.heartbeat(request);
        } catch (StatusException failure) {
            LOG.debug("node {}: {}", name, failure.getMessage());
            timers.after(RETRY, () -> {
                if (!slot.isDown() && !failure.isNotFound()) {
                    tell(name, slot, request);
                }
            });
        } catch (InterruptedException stopped) {
            LOG.debug("stopped while {} told of itself", name);
        }
    }

    /// Adds nodes and starts them; returns when all have registered. Waits for an API server that is
    /// away.
    ///
    /// @throws StatusException when the API server refuses one
    public void add(Collection<SimulatedNode> fresh) throws InterruptedException {
        CountDownLatch registered = new CountDownLatch(fresh.size());
        List<StatusException> refused = new ArrayList<>();
        for (SimulatedNode node : fresh) {
            NodeSlot slot = new NodeSlot(nextIndex.getAndIncrement());
            slots.put(node.name(), slot);
            NodeHeartbeat heartbeat = new NodeHeartbeat(node, slot, port, nodes, leases, clock);
            heartbeats.put(node.name(), heartbeat);
            timers.execute(() -> register(node, slot, heartbeat, refused, registered));
        }
        registered.await();
        informers.start();
        fresh.forEach(node -> lookAgain(node.name()));
        synchronized (refused) {
            if (!refused.isEmpty()) {
                throw refused.getFirst();
            }
        }
    }

    /// Tries until the API server answers.
    private void register(
            SimulatedNode node,
            NodeSlot slot,
            NodeHeartbeat heartbeat,
            List<StatusException> refused,
            CountDownLatch registered) {
        try {
            timers.heartbeat(() -> start(node, slot, heartbeat));
        } catch (StatusException failure) {
            if (failure.code() >= SERVER_ERROR || failure.code() == TOO_MANY) {
                LOG.info("node {} not registered yet: {}", node.name(), failure.getMessage());
                timers.after(RETRY, () -> register(node, slot, heartbeat, refused, registered));
                return;
            }
            synchronized (refused) {
                refused.add(failure);
            }
        } catch (InterruptedException stopped) {
            LOG.debug("stopped while registering");
        }
        registered.countDown();
    }

    private void start(SimulatedNode node, NodeSlot slot, NodeHeartbeat heartbeat) {
        heartbeat.register();
        heartbeat.renew();
        every(RENEW, jittered(RENEW), node.name(), slot, heartbeat::renew);
        every(TELL_STATUS, jittered(TELL_STATUS), node.name(), slot, heartbeat::tellStatus);
    }

    private static Duration jittered(Duration period) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(period.toMillis()));
    }

    private void every(Duration period, Duration first, String name, NodeSlot slot, Runnable request) {
        timers.after(first, () -> {
            if (slots.get(name) != slot) {
                return;
            }
            Duration next = period;
            try {
                if (!slot.isDown()) {
                    timers.heartbeat(request);
                }
            } catch (StatusException failure) {
                LOG.debug("node {}: {}", name, failure.getMessage());
                next = RETRY;
            } catch (InterruptedException stopped) {
                return;
            }
            every(period, next, name, slot, request);
        });
    }

    /// Lets a node fail: it stays registered, and neither its lease nor its pods move on until
    /// [#recover].
    public void fail(String name) {
        slot(name).setDown(true);
    }

    /// Lets a failed node go on.
    public void recover(String name) {
        slot(name).setDown(false);
        latest(name).ifPresent(this::look);
        lookAgain(name);
    }

    private void lookAgain(String name) {
        informers.informer(PodKind.KIND, Selection.ofFields("spec.nodeName!=")).lister().all().stream()
                .filter(pod -> name.equals(pod.spec().nodeName()))
                .forEach(pods::added);
    }

    private NodeSlot slot(String name) {
        NodeSlot slot = slots.get(name);
        if (slot == null) {
            throw new IllegalArgumentException("there is no simulated node " + name);
        }
        return slot;
    }

    /// The names of the nodes.
    public List<String> names() {
        return slots.keySet().stream().sorted().toList();
    }

    /// How many pods the nodes hold.
    public int podCount() {
        return pods.size();
    }

    @Override
    public void close() {
        informers.close();
        timers.close();
    }
}
