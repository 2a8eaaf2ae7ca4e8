package io.gantry.api.admissionregistration.v1.mutatingadmissionpolicy;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.ListCells;
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

    @Override
    public KindRules<MutatingAdmissionPolicy> rules() {
        return new MutatingAdmissionPolicyRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.number("Mutations", "How many mutations.", ListCells.size("spec.mutations")),
                Column.text(
                        "ParamKind",
                        "The kind of the parameters.",
                        (p, now) -> p.path("spec").path("paramKind").isObject()
                                ? Cells.textAt(p, "spec.paramKind.apiVersion", "") + "/"
                                        + Cells.textAt(p, "spec.paramKind.kind", "")
                                : Cells.UNSET),
                Column.age());
    }
}
