package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `ExpressionWarning` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.ExpressionWarning", model = "V1ExpressionWarning")
public record ExpressionWarning(
        @Required String fieldRef, @Required String warning) {}
