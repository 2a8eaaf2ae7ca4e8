package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicybinding;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import java.util.List;

/// Declares the `MutatingAdmissionPolicyBinding` kind of `admissionregistration.k8s.io/v1` to the API server and to
/// clients.
public final class MutatingAdmissionPolicyBindingKind implements KindDefinition<MutatingAdmissionPolicyBinding> {
    public static final Kind<MutatingAdmissionPolicyBinding> KIND = new Kind<>(
            MutatingAdmissionPolicyBinding.class,
            "admissionregistration.k8s.io",
            "v1",
            "MutatingAdmissionPolicyBinding",
            "mutatingadmissionpolicybindings",
            false,
            List.of(),
            List.of("api-extensions"));

    @Override
    public Kind<MutatingAdmissionPolicyBinding> kind() {
        return KIND;
    }

    @Override
    public KindRules<MutatingAdmissionPolicyBinding> rules() {
        return new MutatingAdmissionPolicyBindingRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("PolicyName", "The policy.", Cells.text("spec.policyName")),
                Column.text(
                        "ParamRef",
                        "The parameters.",
                        (b, now) -> b.path("spec").path("paramRef").isObject()
                                ? (Cells.textAt(b, "spec.paramRef.name", "").isEmpty()
                                        ? "*"
                                        : Cells.textAt(b, "spec.paramRef.namespace", "")
                                                + (Cells.textAt(b, "spec.paramRef.namespace", "")
                                                                .isEmpty()
                                                        ? ""
                                                        : "/")
                                                + Cells.textAt(b, "spec.paramRef.name", ""))
                                : Cells.UNSET),
                Column.age());
    }
}
