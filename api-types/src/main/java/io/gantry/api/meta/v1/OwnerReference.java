package io.gantry.api.meta.v1;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `OwnerReference` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference", model = "V1OwnerReference")
@Atomic
public record OwnerReference(
        @Required String apiVersion,
        @Required String kind,
        @Required String name,
        @Required String uid,
        @Nullable Boolean controller,
        @Nullable Boolean blockOwnerDeletion) {}
