package io.gantry.controllermanager.nodeipam;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.component.Counts;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Gives every node its part of the pod addresses (upstream `pkg/controller/nodeipam`, range allocator). One worker, so
/// that no two nodes get the same part; what it gave out and the cache does not show yet it remembers.
public final class NodeIpamController implements Reconciler<String> {
    private static final String NAME = "cidrAllocator";
    private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(30);

    private final Informer<Node> nodes;
    private final Resource<Node> resource;
    private final EventSink events;
    private final CidrPlan plan;
    private final Map<String, String> given = new HashMap<>();

    private NodeIpamController(ControllerContext context) {
        this.nodes = context.informers().informer(NodeKind.KIND);
        this.resource = context.client().resource(NodeKind.KIND);
        this.events = context.events().apply(NAME);
        this.plan =
                CidrPlan.of(context.options().clusterCidr(), context.options().nodeCidrMaskSize());
    }

    /// Upstream's managers tell of this controller alone, which may run in either of two.
    private static String running() {
        String labels = "manager=\"kube-controller-manager\",name=\"nodeipam\"";
        return Counts.gaugeNow("running_managed_controllers", labels, 1);
    }

    public static Controller create(ControllerContext context) {
        NodeIpamController controller = new NodeIpamController(context);
        context.metrics().lookUp(NodeIpamController::running);
        WorkQueue<String> queue = new WorkQueue<>();
        controller.nodes.addHandler(InformerHandler.of(
                node -> {
                    if (text(node.spec().podCIDR()).isEmpty()) {
                        queue.add(text(node.metadata().name()));
                    }
                },
                node -> queue.add(text(node.metadata().name()))));
        return new QueueController<>("node-ipam-controller", queue, 1, controller);
    }

    @Override
    public Result reconcile(String name) {
        Optional<Node> node = nodes.lister().get("", name);
        if (node.isEmpty()) {
            given.remove(name);
            return Result.done();
        }
        if (!text(node.get().spec().podCIDR()).isEmpty()) {
            return Result.done();
        }
        String own = given.get(name);
        Optional<String> cidr = own == null ? plan.free(taken()) : Optional.of(own);
        if (cidr.isEmpty()) {
            events.event(
                    node.get(),
                    EventSink.NORMAL,
                    "CIDRNotAvailable",
                    "Node " + name + " status is now: CIDRNotAvailable");
            return Result.requeueAfter(RETRY_WHEN_FULL);
        }
        given.put(name, cidr.get());
        Map<String, Object> spec = Map.of("podCIDR", cidr.get(), "podCIDRs", List.of(cidr.get()));
        resource.patch("", name, Patch.merge(Map.of("spec", spec)));
        return Result.done();
    }

    private Set<String> taken() {
        Set<String> taken = new HashSet<>(given.values());
        for (Node node : nodes.lister().all()) {
            taken.addAll(node.spec().podCIDRs());
            taken.add(text(node.spec().podCIDR()));
        }
        return taken;
    }
}
