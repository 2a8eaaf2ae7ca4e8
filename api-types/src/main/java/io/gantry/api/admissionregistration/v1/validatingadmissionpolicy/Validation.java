package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `Validation` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.Validation", model = "V1Validation")
public record Validation(
        @Required String expression,
        @Nullable String message,
        @Nullable String reason,
        @Nullable String messageExpression) {}
