package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ContainerPort` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerPort", model = "V1ContainerPort")
public record ContainerPort(
        @Nullable String name,
        @Format("int32") @Nullable Integer hostPort,
        @Required @Format("int32") Integer containerPort,

        @Default(value = "\"TCP\"", declared = true) @OneOf({"TCP", "UDP", "SCTP"}) @Nullable
        String protocol,

        @Nullable String hostIP) {}
