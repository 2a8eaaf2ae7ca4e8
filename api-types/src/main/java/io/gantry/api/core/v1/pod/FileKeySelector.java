package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `FileKeySelector` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.FileKeySelector", model = "V1FileKeySelector")
@Atomic
public record FileKeySelector(
        @Required String volumeName,
        @Required String path,
        @Required String key,
        @Default("false") @Written @Nullable Boolean optional) {}
