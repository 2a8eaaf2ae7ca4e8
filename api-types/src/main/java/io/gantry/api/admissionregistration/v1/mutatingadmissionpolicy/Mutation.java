package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicy;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `Mutation` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.Mutation", model = "V1Mutation")
public record Mutation(
        @Required
        @OneOf(
                value = {"ApplyConfiguration", "JSONPatch"},
                byRules = true)
        String patchType,

        @Nullable ApplyConfiguration applyConfiguration,
        @Nullable JSONPatch jsonPatch) {}
