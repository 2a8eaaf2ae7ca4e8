package io.gantry.api.core.v1.endpoints;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `EndpointAddress` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EndpointAddress", model = "V1EndpointAddress")
@Atomic
public record EndpointAddress(
        @Required String ip,
        @Nullable String hostname,
        @Nullable String nodeName,
        @Nullable ObjectReference targetRef) {}
