package io.gantry.api.networking.v1.ingress;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `ServiceBackendPort` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.ServiceBackendPort", model = "V1ServiceBackendPort")
@Atomic
public record ServiceBackendPort(
        @Nullable String name, @Format("int32") @Nullable Integer number) {}
