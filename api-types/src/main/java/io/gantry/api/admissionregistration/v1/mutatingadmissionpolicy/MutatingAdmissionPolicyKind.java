package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicy;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `MutatingAdmissionPolicy` kind of `admissionregistration.k8s.io/v1` to the API server and to clients.
public final class MutatingAdmissionPolicyKind implements KindDefinition<MutatingAdmissionPolicy> {
    public static final Kind<MutatingAdmissionPolicy> KIND = new Kind<>(
            MutatingAdmissionPolicy.class,
            "admissionregistration.k8s.io",
            "v1",
            "MutatingAdmissionPolicy",
            "mutatingadmissionpolicies",
            false,
            List.of(),
            List.of("api-extensions"));

    @Override
    public Kind<MutatingAdmissionPolicy> kind() {
        return KIND;
    }
}
