package io.gantry.apiserver.webhook;

import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.MutatingWebhookConfigurationKind;
import io.gantry.api.admissionregistration.v1.validatingwebhookconfiguration.ValidatingWebhookConfigurationKind;
import io.gantry.apiserver.admission.AdmissionMetrics;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.registry.Resources;
import java.util.function.Supplier;

/// Admission by webhooks, both sorts, over one client. Configurations are followed from the first request on.
public final class AdmissionWebhooks {
    private final AdmissionPlugin mutating;
    private final AdmissionPlugin validating;

    /// @param client made when the first webhook is called
    public AdmissionWebhooks(
            ObjectReader reader,
            Resources resources,
            Supplier<WebhookClient> client,
            ConditionMatcher conditions,
            AdmissionMetrics metrics) {
        HookMatcher matcher = new HookMatcher(reader, resources, conditions);
        HookCaller caller = new HookCaller(client, metrics);
        mutating = new MutatingWebhooks(new HookSource(reader, MutatingWebhookConfigurationKind.KIND), matcher, caller);
        validating = new ValidatingWebhooks(
                new HookSource(reader, ValidatingWebhookConfigurationKind.KIND), matcher, caller);
    }

    public AdmissionPlugin mutating() {
        return mutating;
    }

    public AdmissionPlugin validating() {
        return validating;
    }
}
