package io.gantry.kubelet.csi;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.storage.v1.csinode.CSINode;
import io.gantry.api.storage.v1.csinode.CSINodeBuilder;
import io.gantry.api.storage.v1.csinode.CSINodeKind;
import io.gantry.api.storage.v1.csinode.CSINodeSpec;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.kubelet.csi.v1.NodeGetInfoResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tells the cluster of this node's drivers (upstream `nodeinfomanager`): the CSINode, the Node's annotation of ids and
/// its topology labels. Every failure is a [StatusException]; blocks. Thread-safe.
public final class CsiNodeInfo implements NodeRegister {
    static final String NODE_IDS = "csi.volume.kubernetes.io/nodeid";
    private static final int TRIES = 5;

    private final String nodeName;
    private final Resource<Node> nodes;
    private final Resource<CSINode> csiNodes;
    private final ReentrantLock lock = new ReentrantLock();

    public CsiNodeInfo(String nodeName, ApiClient client) {
        this.nodeName = nodeName;
        this.nodes = client.resource(NodeKind.KIND);
        this.csiNodes = client.resource(CSINodeKind.KIND);
    }

    @Override
    public void install(String driver, NodeGetInfoResponse info) {
        if (info.getNodeId().isEmpty()) {
            throw StatusException.badRequest("error adding CSI driver node info: driverNodeID must not be empty");
        }
        Map<String, String> topology = info.getAccessibleTopology().getSegmentsMap();
        retried(() -> {
            Node node = nodes.get("", nodeName);
            NodeInfoPlan.checkTopology(node.metadata().labels(), topology);
            write(node, NodeInfoPlan.withId(ids(node), driver, info.getNodeId()), topology);
            CSINode csiNode = csiNode(node);
            CSINodeSpec spec = NodeInfoPlan.withDriver(csiNode.spec(), driver, info);
            if (!spec.equals(csiNode.spec())) {
                csiNodes.update(CSINodeBuilder.builder(csiNode).spec(spec).build());
            }
        });
    }

    @Override
    public void uninstall(String driver) {
        retried(() -> {
            csiNodes.find("", nodeName).ifPresent(csiNode -> {
                CSINodeSpec spec = NodeInfoPlan.withoutDriver(csiNode.spec(), driver);
                if (!spec.equals(csiNode.spec())) {
                    csiNodes.update(CSINodeBuilder.builder(csiNode).spec(spec).build());
                }
            });
            Node node = nodes.get("", nodeName);
            write(node, NodeInfoPlan.withoutId(ids(node), driver), Map.of());
        });
    }

    private static Map<String, String> ids(Node node) {
        return NodeInfoPlan.ids(node.metadata().annotations().getOrDefault(NODE_IDS, ""));
    }

    /// Writes what has changed, if nobody else has written meanwhile.
    private void write(Node node, Map<String, String> ids, Map<String, String> labels) {
        boolean known =
                ids(node).equals(ids) && node.metadata().labels().entrySet().containsAll(labels.entrySet());
        if (known) {
            return;
        }
        Map<String, @Nullable Object> annotations = new HashMap<>();
        annotations.put(NODE_IDS, ids.isEmpty() ? null : Json.MAPPER.writeValueAsString(ids));
        Map<String, Object> metadata = Map.of(
                "resourceVersion", Objects.requireNonNullElse(node.metadata().resourceVersion(), ""),
                "annotations", annotations,
                "labels", labels);
        nodes.patch("", nodeName, Patch.merge(Map.of("metadata", metadata)));
    }

    /// The node's own CSINode; one of a former node of the name is replaced.
    private CSINode csiNode(Node node) {
        Optional<CSINode> found = csiNodes.find("", nodeName);
        String uid = Objects.requireNonNullElse(node.metadata().uid(), "");
        if (found.isPresent()
                && found.get().metadata().ownerReferences().stream().anyMatch(owner -> uid.equals(owner.uid()))) {
            return found.get();
        }
        if (found.isPresent()) {
            csiNodes.delete("", nodeName, Deletion.defaults());
        }
        return csiNodes.create(CSINodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(nodeName)
                        .ownerReferences(List.of(new OwnerReference("v1", "Node", nodeName, uid, null, null)))
                        .build())
                .spec(new CSINodeSpec(List.of()))
                .build());
    }

    private void retried(Runnable change) {
        lock.lock();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    change.run();
                    return;
                } catch (StatusException conflict) {
                    if (!conflict.isConflict() || attempt == TRIES) {
                        throw conflict;
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
