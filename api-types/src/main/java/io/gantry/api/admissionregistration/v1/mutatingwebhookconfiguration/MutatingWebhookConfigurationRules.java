package io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration;

import io.gantry.api.admissionregistration.v1.WebhookValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;

/// Rules of MutatingWebhookConfigurations.
public final class MutatingWebhookConfigurationRules implements KindRules<MutatingWebhookConfiguration> {
    @Override
    public void validate(MutatingWebhookConfiguration object, FieldErrors errors) {
        WebhookValidation.check(
                object.webhooks().stream()
                        .map(w -> new WebhookValidation.Webhook(
                                w.name(),
                                w.clientConfig(),
                                w.rules(),
                                w.namespaceSelector(),
                                w.objectSelector(),
                                w.sideEffects(),
                                w.timeoutSeconds(),
                                w.admissionReviewVersions()))
                        .toList(),
                errors);
    }
}
