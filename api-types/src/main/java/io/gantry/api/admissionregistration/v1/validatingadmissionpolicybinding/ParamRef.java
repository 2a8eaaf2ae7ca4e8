package io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import org.jspecify.annotations.Nullable;

/// `ParamRef` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.ParamRef", model = "V1ParamRef")
@Atomic
public record ParamRef(
        @Nullable String name,
        @Nullable String namespace,
        @Nullable LabelSelector selector,
        @Nullable String parameterNotFoundAction) {}
