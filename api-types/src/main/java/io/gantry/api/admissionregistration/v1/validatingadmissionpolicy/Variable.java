package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Required;

/// `Variable` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.Variable", model = "V1Variable")
@Atomic
public record Variable(@Required String name, @Required String expression) {}
