package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `ValidatingAdmissionPolicy` kind of `admissionregistration.k8s.io/v1` to the API server and to clients.
public final class ValidatingAdmissionPolicyKind implements KindDefinition<ValidatingAdmissionPolicy> {
    public static final Kind<ValidatingAdmissionPolicy> KIND = new Kind<>(
            ValidatingAdmissionPolicy.class,
            "admissionregistration.k8s.io",
            "v1",
            "ValidatingAdmissionPolicy",
            "validatingadmissionpolicies",
            false,
            List.of(),
            List.of("api-extensions"));

    @Override
    public Kind<ValidatingAdmissionPolicy> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }
}
