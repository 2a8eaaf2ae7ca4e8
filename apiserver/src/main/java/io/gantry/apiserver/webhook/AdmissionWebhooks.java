package io.gantry.apiserver.webhook;

import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.MutatingWebhookConfigurationKind;
import io.gantry.api.admissionregistration.v1.validatingwebhookconfiguration.ValidatingWebhookConfigurationKind;
import io.gantry.api.kind.Kind;
import io.gantry.apiserver.admission.AdmissionMetrics;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.objects.FollowedObjects;
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
        mutating = new MutatingWebhooks(hooks(reader, MutatingWebhookConfigurationKind.KIND), matcher, caller);
        validating = new ValidatingWebhooks(hooks(reader, ValidatingWebhookConfigurationKind.KIND), matcher, caller);
    }

    private static FollowedObjects<Hook> hooks(ObjectReader reader, Kind<?> configurations) {
        return FollowedObjects.partsOf(reader, configurations, Hook::allOf);
    }

    public AdmissionPlugin mutating() {
        return mutating;
    }

    public AdmissionPlugin validating() {
        return validating;
    }
}
