package io.gantry.api.core.v1.endpoints;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import org.jspecify.annotations.Nullable;

/// `ObjectReference` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ObjectReference", model = "V1ObjectReference")
@Atomic
public record ObjectReference(
        @Nullable String apiVersion,
        @Nullable String kind,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String uid,
        @Nullable String resourceVersion,
        @Nullable String fieldPath) {}
