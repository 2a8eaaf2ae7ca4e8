package io.gantry.api.autoscaling.v2.horizontalpodautoscaler;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `CrossVersionObjectReference` of `autoscaling/v2`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v2.CrossVersionObjectReference", model = "V2CrossVersionObjectReference")
public record CrossVersionObjectReference(
        @Nullable String apiVersion,
        @Required String kind,
        @Required String name) {}
