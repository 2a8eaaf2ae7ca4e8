package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `PodStatus` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodStatus", model = "V1PodStatus")
public record PodStatus(
        @Format("int64") @Nullable Long observedGeneration,

        @OneOf({"Pending", "Running", "Succeeded", "Failed", "Unknown"}) @Nullable
        String phase,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<PodCondition> conditions,

        @Nullable String message,
        @Nullable String reason,
        @Nullable String nominatedNodeName,
        @Nullable String hostIP,

        @ListType(ListType.Kind.ATOMIC) @PatchStrategy(value = "merge", mergeKey = "ip")
        List<HostIP> hostIPs,

        @Nullable String podIP,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"ip"})
        @PatchStrategy(value = "merge", mergeKey = "ip")
        List<PodIP> podIPs,

        @Nullable Instant startTime,
        @ListType(ListType.Kind.ATOMIC) List<ContainerStatus> initContainerStatuses,
        @ListType(ListType.Kind.ATOMIC) List<ContainerStatus> containerStatuses,

        @OneOf({"Guaranteed", "Burstable", "BestEffort"}) @Nullable
        String qosClass,

        @ListType(ListType.Kind.ATOMIC) List<ContainerStatus> ephemeralContainerStatuses,
        @Nullable String resize,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge,retainKeys", mergeKey = "name")
        List<PodResourceClaimStatus> resourceClaimStatuses,

        @Nullable PodExtendedResourceClaimStatus extendedResourceClaimStatus,
        Map<String, Quantity> allocatedResources,
        @Nullable ResourceRequirements resources,

        @ListType(ListType.Kind.ATOMIC) List<NodeAllocatableResourceClaimStatus> nodeAllocatableResourceClaimStatuses) {
    public PodStatus {
        conditions = Copies.list(conditions);
        hostIPs = Copies.list(hostIPs);
        podIPs = Copies.list(podIPs);
        initContainerStatuses = Copies.list(initContainerStatuses);
        containerStatuses = Copies.list(containerStatuses);
        ephemeralContainerStatuses = Copies.list(ephemeralContainerStatuses);
        resourceClaimStatuses = Copies.list(resourceClaimStatuses);
        allocatedResources = Copies.map(allocatedResources);
        nodeAllocatableResourceClaimStatuses = Copies.list(nodeAllocatableResourceClaimStatuses);
    }
}
