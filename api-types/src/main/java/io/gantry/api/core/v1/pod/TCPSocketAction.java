package io.gantry.api.core.v1.pod;

import io.gantry.api.resource.IntOrString;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `TCPSocketAction` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.TCPSocketAction", model = "V1TCPSocketAction")
public record TCPSocketAction(
        @Required IntOrString port, @Nullable String host) {}
