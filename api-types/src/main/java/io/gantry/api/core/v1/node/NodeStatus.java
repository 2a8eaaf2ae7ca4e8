package io.gantry.api.core.v1.node;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `NodeStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeStatus", model = "V1NodeStatus")
public record NodeStatus(
        Map<String, Quantity> capacity,
        Map<String, Quantity> allocatable,

        @OneOf({"Pending", "Running", "Terminated"}) @Nullable
        String phase,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<NodeCondition> conditions,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<NodeAddress> addresses,

        @Default("{}") @Written @Nullable NodeDaemonEndpoints daemonEndpoints,
        @Default("{}") @Written @Nullable NodeSystemInfo nodeInfo,
        @ListType(ListType.Kind.ATOMIC) List<ContainerImage> images,
        @ListType(ListType.Kind.ATOMIC) List<String> volumesInUse,
        @ListType(ListType.Kind.ATOMIC) List<AttachedVolume> volumesAttached,
        @Nullable NodeConfigStatus config,
        @ListType(ListType.Kind.ATOMIC) List<NodeRuntimeHandler> runtimeHandlers,
        @Nullable NodeFeatures features,
        @ListType(ListType.Kind.ATOMIC) List<String> declaredFeatures) {
    public NodeStatus {
        capacity = Copies.map(capacity);
        allocatable = Copies.map(allocatable);
        conditions = Copies.list(conditions);
        addresses = Copies.list(addresses);
        images = Copies.list(images);
        volumesInUse = Copies.list(volumesInUse);
        volumesAttached = Copies.list(volumesAttached);
        runtimeHandlers = Copies.list(runtimeHandlers);
        declaredFeatures = Copies.list(declaredFeatures);
    }
}
