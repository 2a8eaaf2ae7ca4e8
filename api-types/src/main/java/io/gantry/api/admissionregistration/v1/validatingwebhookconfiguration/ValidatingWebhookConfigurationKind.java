package io.gantry.api.admissionregistration.v1.validatingwebhookconfiguration;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.printer.ListCells;
import java.util.List;

/// Declares the `ValidatingWebhookConfiguration` kind of `admissionregistration.k8s.io/v1` to the API server and to
/// clients.
public final class ValidatingWebhookConfigurationKind implements KindDefinition<ValidatingWebhookConfiguration> {
    public static final Kind<ValidatingWebhookConfiguration> KIND = new Kind<>(
            ValidatingWebhookConfiguration.class,
            "admissionregistration.k8s.io",
            "v1",
            "ValidatingWebhookConfiguration",
            "validatingwebhookconfigurations",
            false,
            List.of(),
            List.of("api-extensions"));

    @Override
    public Kind<ValidatingWebhookConfiguration> kind() {
        return KIND;
    }

    @Override
    public KindRules<ValidatingWebhookConfiguration> rules() {
        return new ValidatingWebhookConfigurationRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.number("Webhooks", "How many webhooks.", ListCells.size("webhooks")), Column.age());
    }
}
