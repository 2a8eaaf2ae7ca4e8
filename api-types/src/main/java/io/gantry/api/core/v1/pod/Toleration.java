package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import org.jspecify.annotations.Nullable;

/// `Toleration` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Toleration", model = "V1Toleration")
public record Toleration(
        @Nullable String key,
        @OneOf({"Exists", "Equal", "Lt", "Gt"}) @Nullable String operator,
        @Nullable String value,

        @OneOf({"NoSchedule", "PreferNoSchedule", "NoExecute"}) @Nullable
        String effect,

        @Format("int64") @Nullable Long tolerationSeconds) {}
