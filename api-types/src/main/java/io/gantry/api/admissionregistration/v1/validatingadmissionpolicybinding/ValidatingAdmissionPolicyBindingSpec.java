package io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding;

import io.gantry.api.Copies;
import io.gantry.api.admissionregistration.v1.validatingadmissionpolicy.MatchResources;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ValidatingAdmissionPolicyBindingSpec` of `admissionregistration.k8s.io/v1`; fields and their meaning are
/// upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec",
        model = "V1ValidatingAdmissionPolicyBindingSpec")
public record ValidatingAdmissionPolicyBindingSpec(
        @Required @Written(false) String policyName,
        @Nullable ParamRef paramRef,
        @Nullable MatchResources matchResources,

        @Required @ListType(ListType.Kind.SET) @OneOf({"Deny", "Warn", "Audit"})
        List<String> validationActions) {
    public ValidatingAdmissionPolicyBindingSpec {
        validationActions = Copies.list(validationActions);
    }
}
