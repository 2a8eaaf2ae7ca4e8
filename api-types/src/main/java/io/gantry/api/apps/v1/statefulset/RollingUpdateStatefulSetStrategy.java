package io.gantry.api.apps.v1.statefulset;

import io.gantry.api.resource.IntOrString;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `RollingUpdateStatefulSetStrategy` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy", model = "V1RollingUpdateStatefulSetStrategy")
public record RollingUpdateStatefulSetStrategy(
        @Format("int32") @Nullable Integer partition,
        @Nullable IntOrString maxUnavailable) {}
