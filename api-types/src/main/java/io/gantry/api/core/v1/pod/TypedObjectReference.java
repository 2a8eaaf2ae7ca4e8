package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `TypedObjectReference` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.TypedObjectReference", model = "V1TypedObjectReference")
public record TypedObjectReference(
        @Required String kind,
        @Nullable String apiGroup,
        @Required String name,
        @Nullable String namespace) {}
