package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ConfigMapNodeConfigSource` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ConfigMapNodeConfigSource", model = "V1ConfigMapNodeConfigSource")
public record ConfigMapNodeConfigSource(
        @Required(byRules = true) String namespace,
        @Required(byRules = true) String name,
        @Nullable String uid,
        @Nullable String resourceVersion,
        @Required(byRules = true) String kubeletConfigKey) {}
