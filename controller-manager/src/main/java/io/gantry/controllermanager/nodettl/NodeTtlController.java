package io.gantry.controllermanager.nodettl;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import java.util.Map;
import java.util.Optional;

/// Notes [NodeTtl] on each node. As upstream's, it looks at a node when that node changes.
public final class NodeTtlController implements Reconciler<ObjectKey> {
    private static final String NAME = "ttl-controller";
    private static final int WORKERS = 1;
    static final String ANNOTATION = "node.alpha.kubernetes.io/ttl";

    private final Informer<Node> nodes;
    private final Resource<Node> resource;
    private final NodeTtl ttl = new NodeTtl();

    private NodeTtlController(ControllerContext context) {
        this.nodes = context.informers().informer(NodeKind.KIND);
        this.resource = context.client().resource(NodeKind.KIND);
    }

    public static Controller create(ControllerContext context) {
        NodeTtlController controller = new NodeTtlController(context);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        controller.nodes.addHandler(InformerHandler.onAny(node -> queue.add(ObjectKey.of(node))));
        return new QueueController<>(NAME, queue, WORKERS, controller);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<Node> node = nodes.lister().get("", key.name());
        String wanted = Integer.toString(ttl.seconds(nodes.lister().size()));
        if (node.isPresent()
                && !wanted.equals(node.get().metadata().annotations().get(ANNOTATION))) {
            write(key.name(), wanted);
        }
        return Result.done();
    }

    private void write(String node, String seconds) {
        try {
            resource.patch(
                    "", node, Patch.merge(Map.of("metadata", Map.of("annotations", Map.of(ANNOTATION, seconds)))));
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
