package io.gantry.api.apps.v1.statefulset;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import org.jspecify.annotations.Nullable;

/// `StatefulSetUpdateStrategy` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.StatefulSetUpdateStrategy", model = "V1StatefulSetUpdateStrategy")
public record StatefulSetUpdateStrategy(
        @OneOf({"RollingUpdate", "OnDelete"}) @Nullable String type,

        @Nullable RollingUpdateStatefulSetStrategy rollingUpdate) {}
