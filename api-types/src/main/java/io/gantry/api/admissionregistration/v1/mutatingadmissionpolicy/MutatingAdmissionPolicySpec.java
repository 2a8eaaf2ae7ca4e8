package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicy;

import io.gantry.api.Copies;
import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.MatchCondition;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.MatchResources;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.ParamKind;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.Variable;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `MutatingAdmissionPolicySpec` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec",
        model = "V1MutatingAdmissionPolicySpec")
public record MutatingAdmissionPolicySpec(
        @Nullable ParamKind paramKind,
        @Nullable MatchResources matchConstraints,
        @ListType(ListType.Kind.ATOMIC) List<Variable> variables,
        @ListType(ListType.Kind.ATOMIC) List<Mutation> mutations,

        @OneOf({"Ignore", "Fail"}) @Default("\"Fail\"") @Nullable
        String failurePolicy,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<MatchCondition> matchConditions,

        @OneOf({"Never", "IfNeeded"}) @Nullable String reinvocationPolicy) {
    public MutatingAdmissionPolicySpec {
        variables = Copies.list(variables);
        mutations = Copies.list(mutations);
        matchConditions = Copies.list(matchConditions);
    }
}
