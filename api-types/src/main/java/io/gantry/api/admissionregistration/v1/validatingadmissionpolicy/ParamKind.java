package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import org.jspecify.annotations.Nullable;

/// `ParamKind` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.ParamKind", model = "V1ParamKind")
@Atomic
public record ParamKind(
        @Nullable String apiVersion, @Nullable String kind) {}
