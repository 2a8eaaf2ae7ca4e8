package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `TypedLocalObjectReference` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.TypedLocalObjectReference", model = "V1TypedLocalObjectReference")
@Atomic
public record TypedLocalObjectReference(
        @Required String kind,
        @Nullable String apiGroup,
        @Required String name) {}
