package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.Copies;
import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.MatchCondition;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ValidatingAdmissionPolicySpec` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec",
        model = "V1ValidatingAdmissionPolicySpec")
public record ValidatingAdmissionPolicySpec(
        @Nullable ParamKind paramKind,
        @Nullable MatchResources matchConstraints,
        @ListType(ListType.Kind.ATOMIC) List<Validation> validations,

        @OneOf({"Ignore", "Fail"}) @Default("\"Fail\"") @Nullable
        String failurePolicy,

        @ListType(ListType.Kind.ATOMIC) List<AuditAnnotation> auditAnnotations,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<MatchCondition> matchConditions,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<Variable> variables) {
    public ValidatingAdmissionPolicySpec {
        validations = Copies.list(validations);
        auditAnnotations = Copies.list(auditAnnotations);
        matchConditions = Copies.list(matchConditions);
        variables = Copies.list(variables);
    }
}
