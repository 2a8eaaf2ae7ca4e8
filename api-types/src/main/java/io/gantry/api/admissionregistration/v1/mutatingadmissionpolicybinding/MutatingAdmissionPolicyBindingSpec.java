package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicybinding;

import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.MatchResources;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding.ParamRef;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `MutatingAdmissionPolicyBindingSpec` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec",
        model = "V1MutatingAdmissionPolicyBindingSpec")
public record MutatingAdmissionPolicyBindingSpec(
        @Nullable String policyName,
        @Nullable ParamRef paramRef,
        @Nullable MatchResources matchResources) {}
