package io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.ListCells;
import java.util.List;

/// Declares the `MutatingWebhookConfiguration` kind of `admissionregistration.k8s.io/v1` to the API server and to
/// clients.
public final class MutatingWebhookConfigurationKind implements KindDefinition<MutatingWebhookConfiguration> {
    public static final Kind<MutatingWebhookConfiguration> KIND = new Kind<>(
            MutatingWebhookConfiguration.class,
            "admissionregistration.k8s.io",
            "v1",
            "MutatingWebhookConfiguration",
            "mutatingwebhookconfigurations",
            false,
            List.of(),
            List.of("api-extensions"));

    @Override
    public Kind<MutatingWebhookConfiguration> kind() {
        return KIND;
    }

    @Override
    public KindRules<MutatingWebhookConfiguration> rules() {
        return new MutatingWebhookConfigurationRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.number("Webhooks", "How many webhooks.", ListCells.size("webhooks")), Column.age());
    }
}
