package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `NodeRuntimeHandlerFeatures` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeRuntimeHandlerFeatures", model = "V1NodeRuntimeHandlerFeatures")
public record NodeRuntimeHandlerFeatures(
        @Nullable Boolean recursiveReadOnlyMounts, @Nullable Boolean userNamespaces) {}
