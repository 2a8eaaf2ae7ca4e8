package io.gantry.api.autoscaling.v1.scale;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ScaleStatus` of `autoscaling/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v1.ScaleStatus", model = "V1ScaleStatus")
public record ScaleStatus(
        @Required @Format("int32") Integer replicas,
        @Nullable String selector) {}
