package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.schema.annotation.ApiType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `FlowSchemaCondition` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.FlowSchemaCondition", model = "V1FlowSchemaCondition")
public record FlowSchemaCondition(
        @Nullable String type,
        @Nullable String status,
        @Nullable Instant lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
