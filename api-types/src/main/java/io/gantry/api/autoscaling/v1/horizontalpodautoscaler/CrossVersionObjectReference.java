package io.gantry.api.autoscaling.v1.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `CrossVersionObjectReference` of `autoscaling/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v1.CrossVersionObjectReference", model = "V1CrossVersionObjectReference")
@Atomic
public record CrossVersionObjectReference(
        @Nullable String apiVersion,
        @Required String kind,
        @Required String name) {}
