package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `SELinuxOptions` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.SELinuxOptions", model = "V1SELinuxOptions")
public record SELinuxOptions(
        @Nullable String user,
        @Nullable String role,
        @Nullable String type,
        @Nullable String level) {}
