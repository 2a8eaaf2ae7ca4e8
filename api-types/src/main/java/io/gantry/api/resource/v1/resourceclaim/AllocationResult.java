package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Written;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `AllocationResult` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.AllocationResult", model = "V1AllocationResult")
public record AllocationResult(
        @Written @Nullable DeviceAllocationResult devices,
        @Nullable NodeSelector nodeSelector,
        @Nullable Instant allocationTimestamp) {}
