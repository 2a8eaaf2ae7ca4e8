package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `NodeDaemonEndpoints` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeDaemonEndpoints", model = "V1NodeDaemonEndpoints")
public record NodeDaemonEndpoints(
        @Default("{}") @Written @Nullable DaemonEndpoint kubeletEndpoint) {}
