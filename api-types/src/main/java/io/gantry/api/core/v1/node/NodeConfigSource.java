package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `NodeConfigSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeConfigSource", model = "V1NodeConfigSource")
public record NodeConfigSource(@Nullable ConfigMapNodeConfigSource configMap) {}
