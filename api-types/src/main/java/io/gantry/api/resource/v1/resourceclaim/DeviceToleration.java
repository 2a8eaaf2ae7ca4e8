package io.gantry.api.resource.v1.resourceclaim;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import org.jspecify.annotations.Nullable;

/// `DeviceToleration` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceToleration", model = "V1DeviceToleration")
public record DeviceToleration(
        @Nullable String key,

        @Default(value = "\"Equal\"", declared = true) @OneOf({"Exists", "Equal"}) @Nullable
        String operator,

        @Nullable String value,

        @OneOf({"None", "NoSchedule", "NoExecute"}) @Nullable
        String effect,

        @Format("int64") @Nullable Long tolerationSeconds) {}
