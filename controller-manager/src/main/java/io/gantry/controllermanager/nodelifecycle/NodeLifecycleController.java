package io.gantry.controllermanager.nodelifecycle;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.coordination.v1.lease.Lease;
import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeBuilder;
import io.gantry.api.core.v1.node.NodeCondition;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.node.NodeSpecBuilder;
import io.gantry.api.core.v1.node.NodeStatusBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Selection;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Pods;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Watches whether kubelets are alive, by their leases and statuses, and keeps conditions and taints accordingly. A
/// node is looked at when it changes and once a grace period; lease renewals only note a time.
public final class NodeLifecycleController implements Reconciler<String> {
    private static final String NAME = "node-controller";
    /// How long a node may be without any status (upstream `--node-startup-grace-period`).
    private static final Duration STARTUP_GRACE = Duration.ofMinutes(1);

    private static final String LEASES = "kube-node-lease";

    private final Informer<Node> nodes;
    private final Resource<Node> resource;
    private final UnreadyPods unreadyPods;
    private final EventSink events;
    private final Clock clock;
    private final Duration grace;
    private final Map<String, Instant> heardOf = new ConcurrentHashMap<>();
    private final EvictionZones zones = new EvictionZones();
    private final WorkQueue<String> queue = new WorkQueue<>();

    private NodeLifecycleController(ControllerContext context) {
        Informer<Pod> pods = context.informers().informer(PodKind.KIND);
        this.nodes = context.informers().informer(NodeKind.KIND);
        this.resource = context.client().resource(NodeKind.KIND);
        this.events = context.events().apply(NAME);
        this.unreadyPods = new UnreadyPods(pods, context.client(), events, context.clock());
        this.clock = context.clock();
        this.grace = context.options().nodeMonitorGracePeriod();
    }

    public static Controller create(ControllerContext context) {
        NodeLifecycleController controller = new NodeLifecycleController(context);
        context.metrics().lookUp(controller.zones::metrics);
        Informer<Lease> leases = context.informers().informer(LeaseKind.KIND, Selection.inNamespace(LEASES));
        leases.addHandler(InformerHandler.onAny(
                lease -> controller.heard(text(lease.metadata().name()))));
        controller.nodes.addHandler(controller.new NodeEvents());
        context.informers().informer(PodKind.KIND).addHandler(InformerHandler.onAny(controller::podChanged));
        return new QueueController<>("node-lifecycle-controller", controller.queue, 2, controller);
    }

    private final class NodeEvents implements InformerHandler<Node> {
        @Override
        public void added(Node node) {
            String name = text(node.metadata().name());
            heard(name);
            queue.add(name);
            events.event(
                    node,
                    EventSink.NORMAL,
                    "RegisteredNode",
                    "Node " + name + " event: Registered Node " + name + " in Controller");
        }

        @Override
        public void updated(Node before, Node now) {
            if (!before.status().conditions().equals(now.status().conditions())) {
                heard(text(now.metadata().name()));
            }
            queue.add(text(now.metadata().name()));
        }

        @Override
        public void deleted(Node node) {
            String name = text(node.metadata().name());
            heardOf.remove(name);
            nodes.lister()
                    .all()
                    .forEach(other -> queue.add(text(other.metadata().name())));
            events.event(
                    node,
                    EventSink.NORMAL,
                    "RemovingNode",
                    "Node " + name + " event: Removing Node " + name + " from Controller");
        }
    }

    /// A pod that its kubelet called ready just before it fell silent is looked at with its node.
    private void podChanged(Pod pod) {
        String node = text(pod.spec().nodeName());
        if (!node.isEmpty() && Pods.isReady(pod)) {
            nodes.lister()
                    .get("", node)
                    .filter(n ->
                            NodeHealthPlan.readiness(n.status().conditions()).equals("Unknown"))
                    .ifPresent(n -> queue.add(node));
        }
    }

    private void heard(String name) {
        heardOf.put(name, clock.instant());
    }

    @Override
    public Result reconcile(String name) {
        Optional<Node> found = nodes.lister().get("", name);
        if (found.isEmpty()) {
            return Result.done();
        }
        Instant now = clock.instant();
        Node node = found.get();
        boolean posted = !NodeHealthPlan.readiness(node.status().conditions()).isEmpty();
        Instant silentAt = heardOf.computeIfAbsent(name, n -> now).plus(posted ? grace : STARTUP_GRACE);
        boolean silent = !silentAt.isAfter(now);
        EvictionZones.Answer eviction = eviction(node, silent, now);
        NodeHealthPlan plan = NodeHealthPlan.of(node, silent, eviction.allowed(), Fields.now(clock));
        apply(node, plan);
        if (!eviction.allowed() && eviction.patience().isPositive()) {
            return Result.requeueAfter(eviction.patience());
        }
        return silent
                ? Result.done()
                : Result.requeueAfter(Duration.between(now, silentAt).plusMillis(50));
    }

    /// Whether pods may be driven from the node; one that is well asks for nothing.
    private EvictionZones.Answer eviction(Node node, boolean silent, Instant now) {
        String ready = NodeHealthPlan.readiness(node.status().conditions());
        if (!silent && (ready.equals("True") || ready.isEmpty())) {
            return new EvictionZones.Answer(false, Duration.ZERO);
        }
        boolean tainted = node.spec().taints().stream()
                .anyMatch(t -> t.effect().equals("NoExecute")
                        && (t.key().equals(NodeHealthPlan.NOT_READY) || t.key().equals(NodeHealthPlan.UNREACHABLE)));
        return zones.ask(node, tainted, nodes.lister().all(), now);
    }

    private void apply(Node node, NodeHealthPlan plan) {
        String before = NodeHealthPlan.readiness(node.status().conditions());
        String ready = NodeHealthPlan.readiness(plan.conditions());
        Node current = node;
        if (!plan.conditions().equals(node.status().conditions())) {
            current = writeConditions(node, plan.conditions());
        }
        if (!plan.taints().equals(node.spec().taints())) {
            resource.update(NodeBuilder.builder(current)
                    .spec(NodeSpecBuilder.builder(current.spec())
                            .taints(plan.taints())
                            .build())
                    .build());
        }
        if (before.equals("True") && !ready.equals("True")) {
            String name = text(node.metadata().name());
            events.event(node, EventSink.NORMAL, "NodeNotReady", "Node " + name + " status is now: NodeNotReady");
            nodes.lister()
                    .all()
                    .forEach(other -> queue.add(text(other.metadata().name())));
        }
        Map<String, String> labels = NodeHealthPlan.olderLabels(node);
        if (!labels.isEmpty()) {
            resource.patch("", text(node.metadata().name()), Patch.merge(Map.of("metadata", Map.of("labels", labels))));
        }
        if (ready.equals("Unknown")) {
            unreadyPods.mark(text(node.metadata().name()));
        }
    }

    private Node writeConditions(Node node, List<NodeCondition> conditions) {
        return resource.updateStatus(NodeBuilder.builder(node)
                .status(NodeStatusBuilder.builder(node.status())
                        .conditions(conditions)
                        .build())
                .build());
    }
}
