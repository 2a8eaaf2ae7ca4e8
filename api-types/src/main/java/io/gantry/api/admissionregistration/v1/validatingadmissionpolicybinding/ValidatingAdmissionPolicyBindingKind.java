package io.gantry.api.admissionregistration.v1.validatingadmissionpolicybinding;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `ValidatingAdmissionPolicyBinding` kind of `admissionregistration.k8s.io/v1` to the API server and to
/// clients.
public final class ValidatingAdmissionPolicyBindingKind implements KindDefinition<ValidatingAdmissionPolicyBinding> {
    public static final Kind<ValidatingAdmissionPolicyBinding> KIND = new Kind<>(
            ValidatingAdmissionPolicyBinding.class,
            "admissionregistration.k8s.io",
            "v1",
            "ValidatingAdmissionPolicyBinding",
            "validatingadmissionpolicybindings",
            false,
            List.of(),
            List.of("api-extensions"));

    @Override
    public Kind<ValidatingAdmissionPolicyBinding> kind() {
        return KIND;
    }
}
