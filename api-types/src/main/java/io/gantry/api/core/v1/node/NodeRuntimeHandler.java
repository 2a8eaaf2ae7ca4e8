package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `NodeRuntimeHandler` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeRuntimeHandler", model = "V1NodeRuntimeHandler")
public record NodeRuntimeHandler(
        @Written @Nullable String name, @Nullable NodeRuntimeHandlerFeatures features) {}
