package io.gantry.api.core.v1.componentstatus;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ComponentCondition` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ComponentCondition", model = "V1ComponentCondition")
public record ComponentCondition(
        @Required String type,
        @Required String status,
        @Nullable String message,
        @Nullable String error) {}
