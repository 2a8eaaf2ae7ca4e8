package io.gantry.kubelet.node;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeBuilder;
import io.gantry.api.core.v1.node.NodeCondition;
import io.gantry.api.core.v1.node.NodeConditionBuilder;
import io.gantry.api.core.v1.node.NodeStatus;
import io.gantry.api.core.v1.node.NodeStatusBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.Quantity;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.kubelet.pod.NodeFacts;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.RuntimeHealth;
import io.gantry.kubelet.runtime.RuntimeVersion;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Registers the node, keeps its status, and sets up its pod network when the range is known. One virtual thread.
public final class NodeAgent implements NodeFacts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration PERIOD_UNREADY = Duration.ofMillis(250);
    private static final Duration REPORT = Duration.ofMinutes(5);

    /// Who the node is and how it is reported.
    ///
    /// @param register whether to create the Node where it is missing
    public record Identity(String name, List<String> addresses, Map<String, String> labels, boolean register) {}

    private final Identity identity;
    private final NodeStatusPlan plan;
    private final Resource<Node> nodes;
    private final ContainerRuntime runtime;
    private final EventSink events;
    private final CniConfig cni;
    private final NodeDuty duty;
    private final NodeObservation.Means means;
    private final Clock clock;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile NodeObservation observed;
    /// What others count on this node, as its status said it last.
    private volatile Map<String, Quantity> foreign = Map.of();

    private volatile Optional<Node> seen = Optional.empty();
    private volatile boolean closed;
    private Optional<NodeStatus> reported = Optional.empty();
    private Instant reportedAt = Instant.EPOCH;
    private List<String> podCidrs = List.of();
    private boolean failing;

    public NodeAgent(
            Identity identity,
            NodeStatusPlan plan,
            Resource<Node> nodes,
            ContainerRuntime runtime,
            EventSink events,
            CniConfig cni,
            NodeDuty duty,
            NodeObservation.Means means,
            Clock clock) {
        this.identity = identity;
        this.plan = plan;
        this.nodes = nodes;
        this.runtime = runtime;
        this.events = events;
        this.cni = cni;
        this.duty = duty;
        this.means = means;
        this.clock = clock;
        this.observed = observe();
        this.thread = Thread.ofVirtual().name("node").unstarted(this::run);
    }

    public void start() {
        event("Starting", "Starting kubelet.");
        thread.start();
    }

    /// Makes the agent look now.
    public void wake() {
        wake.release();
    }

    @Override
    public List<String> addresses() {
        return identity.addresses();
    }

    @Override
    public Map<String, Quantity> allocatable() {
        Map<String, Quantity> all = new LinkedHashMap<>(foreign);
        all.putAll(plan.allocatable());
        return all;
    }

    @Override
    public Optional<Node> seen() {
        return seen;
    }

    @Override
    public Optional<Node> now() {
        try {
            seen = nodes.find("", identity.name()).or(() -> seen);
        } catch (StatusException unreachable) {
            LOG.debug("the node was not read: {}", unreachable.getMessage());
        }
        return seen;
    }

    @Override
    public String runtimeName() {
        return observed.version().name();
    }

    @Override
    public Optional<String> networkNotReady() {
        return observed.networkNotReady();
    }

    /// Whether the node was last seen fit to run pods.
    public boolean ready() {
        return observed.notReady().isEmpty();
    }

    private void run() {
        try {
            while (!closed) {
                boolean done = once();
                Duration wait = done && ready() ? PERIOD : PERIOD_UNREADY;
                if (wake.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("node agent stopped");
        }
    }

    private boolean once() {
        try {
            observed = observe();
            Node node = dutiful(node());
            seen = Optional.of(node);
            foreign = plan.foreign(node.status(), observed);
            setUpNetwork(node);
            report(node);
            failing = false;
            return true;
        } catch (StatusException | IOException failure) {
            if (!failing) {
                LOG.warn("node status not reported: {}", failure.getMessage());
            }
            failing = true;
            return false;
        } catch (RuntimeException bug) {
            LOG.error("a look at the node broke, it is tried again", bug);
            return false;
        }
    }

    private NodeObservation observe() {
        try {
            return new NodeObservation(
                    runtime.health(),
                    runtime.version(),
                    runtime.images(),
                    Optional.empty(),
                    means.pressure(),
                    means.volumesInUse(),
                    means.plugins());
        } catch (RuntimeFailure failure) {
            RuntimeHealth.Condition down = new RuntimeHealth.Condition(false, "Down", "");
            RuntimeVersion version = observed == null ? new RuntimeVersion("unknown", "unknown") : observed.version();
            return new NodeObservation(
                    new RuntimeHealth(down, down, Optional.empty()),
                    version,
                    List.of(),
                    Optional.of(Objects.requireNonNullElse(failure.getMessage(), "")),
                    NodeObservation.Pressure.NONE,
                    means.volumesInUse(),
                    means.plugins());
        }
    }

    private Node node() {
        Optional<Node> found = nodes.find("", identity.name());
        if (found.isPresent()) {
            return relabelled(found.get());
        }
        if (!identity.register()) {
            throw StatusException.notFound("", "nodes", identity.name());
        }
        Instant now = clock.instant();
        Node fresh = NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(identity.name())
                        .labels(labels())
                        .build())
                .status(plan.of(NodeStatusBuilder.builder().build(), observed, now))
                .build();
        LOG.info("registering node {}", identity.name());
        return nodes.create(fresh);
    }

    private Map<String, String> labels() {
        String arch = plan.architecture();
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("beta.kubernetes.io/arch", arch);
        labels.put("beta.kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", arch);
        labels.put("kubernetes.io/hostname", identity.name());
        labels.put("kubernetes.io/os", "linux");
        labels.putAll(identity.labels());
        return labels;
    }

    private Node relabelled(Node node) {
        Map<String, String> missing = new LinkedHashMap<>(labels());
        missing.entrySet()
                .removeIf(e -> e.getValue().equals(node.metadata().labels().get(e.getKey())));
        if (missing.isEmpty()) {
            return node;
        }
        return nodes.patch("", identity.name(), Patch.merge(Map.of("metadata", Map.of("labels", missing))));
    }

    /// The node with the answers of its duties.
    private Node dutiful(Node node) throws IOException {
        Map<String, String> answers = new LinkedHashMap<>(duty.perform(node));
        answers.entrySet()
                .removeIf(e -> e.getValue().equals(node.metadata().annotations().get(e.getKey())));
        if (answers.isEmpty()) {
            return node;
        }
        return nodes.patch("", identity.name(), Patch.merge(Map.of("metadata", Map.of("annotations", answers))));
    }

    private void setUpNetwork(Node node) throws IOException {
        List<String> cidrs = node.spec().podCIDRs();
        if (cidrs.isEmpty() && node.spec().podCIDR() != null) {
            cidrs = List.of(node.spec().podCIDR());
        }
        if (cidrs.isEmpty() || cidrs.equals(podCidrs)) {
            return;
        }
        boolean changed = cni.write(cidrs);
        podCidrs = cidrs;
        LOG.info("pod range of this node: {}{}", cidrs, changed ? ", network configuration written" : "");
        try {
            runtime.podCidr(String.join(",", cidrs));
        } catch (RuntimeFailure failure) {
            LOG.warn("the runtime was not told the pod range: {}", failure.getMessage());
        }
    }

    private void report(Node node) {
        Instant now = clock.instant();
        boolean first = reported.isEmpty() && observed.plugins().fresh();
        NodeStatus status =
                plan.of(first ? NodeStatusPlan.withoutExtended(node.status()) : node.status(), observed, now);
        boolean changed = !withoutHeartbeats(status).equals(withoutHeartbeats(node.status()));
        boolean due = Duration.between(reportedAt, now).compareTo(REPORT) >= 0;
        if (!changed && !due) {
            return;
        }
        nodes.patch(
                "",
                identity.name(),
                Patch.strategic(Map.of("status", NodeStatusPlan.written(node.status(), status)))
                        .subresource("status"));
        reportedAt = now;
        announce(reported, status);
        reported = Optional.of(status);
    }

    private static NodeStatus withoutHeartbeats(NodeStatus status) {
        return NodeStatusBuilder.builder(status)
                .conditions(status.conditions().stream()
                        .map(c -> NodeConditionBuilder.builder(c)
                                .lastHeartbeatTime(null)
                                .lastTransitionTime(null)
                                .build())
                        .toList())
                .build();
    }

    private void announce(Optional<NodeStatus> before, NodeStatus now) {
        for (NodeCondition condition : now.conditions()) {
            String had = before.flatMap(s -> s.conditions().stream()
                            .filter(c -> c.type().equals(condition.type()))
                            .findFirst())
                    .map(NodeCondition::status)
                    .orElse("");
            if (!had.equals(condition.status())) {
                String what = state(condition);
                event(what, "Node " + identity.name() + " status is now: " + what);
            }
        }
    }

    private static String state(NodeCondition condition) {
        boolean met = condition.status().equals("True");
        return switch (condition.type()) {
            case "Ready" -> met ? "NodeReady" : "NodeNotReady";
            case "MemoryPressure" -> met ? "NodeHasInsufficientMemory" : "NodeHasSufficientMemory";
            case "DiskPressure" -> met ? "NodeHasDiskPressure" : "NodeHasNoDiskPressure";
            case "PIDPressure" -> met ? "NodeHasInsufficientPID" : "NodeHasSufficientPID";
            default -> condition.type();
        };
    }

    private void event(String reason, String message) {
        ObjectReference reference = ObjectReferenceBuilder.builder()
                .kind("Node")
                .apiVersion("v1")
                .name(identity.name())
                .uid(identity.name())
                .build();
        events.event(reference, EventSink.NORMAL, reason, message);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
