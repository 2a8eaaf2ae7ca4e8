package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import org.jspecify.annotations.Nullable;

/// `SecretReference` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.SecretReference", model = "V1SecretReference")
@Atomic
public record SecretReference(
        @Nullable String name, @Nullable String namespace) {}
