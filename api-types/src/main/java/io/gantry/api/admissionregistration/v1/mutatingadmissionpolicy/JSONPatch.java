package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicy;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `JSONPatch` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.JSONPatch", model = "V1JSONPatch")
public record JSONPatch(@Nullable String expression) {}
