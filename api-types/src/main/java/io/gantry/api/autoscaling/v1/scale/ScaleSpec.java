package io.gantry.api.autoscaling.v1.scale;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `ScaleSpec` of `autoscaling/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.autoscaling.v1.ScaleSpec", model = "V1ScaleSpec")
public record ScaleSpec(
        @Format("int32") @Default("0") @Written @Nullable Integer replicas) {}
