package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ContainerStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerStatus", model = "V1ContainerStatus")
public record ContainerStatus(
        @Required String name,
        @Default("{}") @Written @Nullable ContainerState state,
        @Default("{}") @Written @Nullable ContainerState lastState,
        @Required Boolean ready,
        @Required @Format("int32") Integer restartCount,
        @Default("\"\"") @Required String image,
        @Default("\"\"") @Required String imageID,
        @Nullable String containerID,
        @Nullable Boolean started,
        Map<String, Quantity> allocatedResources,
        @Nullable ResourceRequirements resources,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"mountPath"})
        @PatchStrategy(value = "merge", mergeKey = "mountPath")
        List<VolumeMountStatus> volumeMounts,

        @Nullable ContainerUser user,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<ResourceStatus> allocatedResourcesStatus,

        @Signal @Nullable String stopSignal) {
    public ContainerStatus {
        allocatedResources = Copies.map(allocatedResources);
        volumeMounts = Copies.list(volumeMounts);
        allocatedResourcesStatus = Copies.list(allocatedResourcesStatus);
    }
}
