package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.Cells;
import io.gantry.api.printer.ListCells;
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

    @Override
    public KindRules<ValidatingAdmissionPolicy> rules() {
        return new ValidatingAdmissionPolicyRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.number("Validations", "How many validations.", ListCells.size("spec.validations")),
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
