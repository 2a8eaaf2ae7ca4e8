package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Union;
import org.jspecify.annotations.Nullable;

/// `PodSchedulingGroup` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodSchedulingGroup", model = "V1PodSchedulingGroup")
@Union(fields = "podGroupName")
public record PodSchedulingGroup(@Nullable String podGroupName) {}
