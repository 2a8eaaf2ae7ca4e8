package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `VolumeMount` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.VolumeMount", model = "V1VolumeMount")
public record VolumeMount(
        @Required String name,
        @Nullable Boolean readOnly,
        @Nullable String recursiveReadOnly,
        @Required String mountPath,
        @Nullable String subPath,

        @OneOf({"None", "HostToContainer", "Bidirectional"}) @Nullable
        String mountPropagation,

        @Nullable String subPathExpr) {}
