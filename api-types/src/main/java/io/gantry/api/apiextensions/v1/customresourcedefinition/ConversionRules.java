package io.gantry.api.apiextensions.v1.customresourcedefinition;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.CaBundles;
import io.gantry.api.validation.References;
import io.gantry.api.validation.WebhookAddresses;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rules of `spec.conversion`. Paths are those of upstream's internal type, as clients see them.
final class ConversionRules {
    private static final String PATH = "spec.conversion";
    private static final String CLIENT = PATH + ".webhookClientConfig";
    private static final String VERSIONS = PATH + ".conversionReviewVersions";

    private ConversionRules() {}

    static void validate(@Nullable CustomResourceConversion conversion, FieldErrors errors) {
        if (conversion == null) {
            return;
        }
        String strategy = text(conversion.strategy());
        if (strategy.isEmpty()) {
            errors.required(PATH + ".strategy", "");
        } else {
            References.oneOf(strategy, List.of("None", "Webhook"), PATH + ".strategy", errors);
        }
        WebhookConversion webhook = conversion.webhook();
        WebhookClientConfig client = webhook == null ? null : webhook.clientConfig();
        List<String> versions = webhook == null ? List.of() : webhook.conversionReviewVersions();
        if (strategy.equals("Webhook")) {
            client(client, errors);
            versions(versions, errors);
            return;
        }
        if (client != null) {
            errors.forbidden(CLIENT, "should not be set when strategy is not set to Webhook");
        }
        if (!versions.isEmpty()) {
            errors.forbidden(VERSIONS, "should not be set when strategy is not set to Webhook");
        }
    }

    private static void client(@Nullable WebhookClientConfig client, FieldErrors errors) {
        if (client == null) {
            errors.required(CLIENT, "required when strategy is set to Webhook");
            return;
        }
        String url = client.url();
        ServiceReference service = client.service();
        if ((url == null) == (service == null)) {
            errors.required(CLIENT, "exactly one of url or service is required");
        } else if (url != null) {
            WebhookAddresses.url(url, CLIENT + ".url", errors);
        } else if (service != null) {
            WebhookAddresses.service(
                    service.name(), service.namespace(), service.path(), service.port(), CLIENT + ".service", errors);
        }
    }

    /// A definition that is served keeps certificates that can be read.
    static void validateUpdate(
            CustomResourceDefinition object, CustomResourceDefinition old, boolean established, FieldErrors errors) {
        if (established && CaBundles.fault(bundle(old)).isEmpty()) {
            String bundle = bundle(object);
            CaBundles.fault(bundle).ifPresent(fault -> errors.invalid(CLIENT + ".caBundle", bundle, fault));
        }
    }

    private static String bundle(CustomResourceDefinition definition) {
        CustomResourceConversion conversion = definition.spec().conversion();
        WebhookConversion webhook = conversion == null ? null : conversion.webhook();
        WebhookClientConfig client = webhook == null ? null : webhook.clientConfig();
        return client == null ? "" : text(client.caBundle());
    }

    private static void versions(List<String> versions, FieldErrors errors) {
        if (versions.isEmpty()) {
            errors.required(VERSIONS, "");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            String at = VERSIONS + "[" + i + "]";
            if (seen.add(versions.get(i))) {
                References.format(versions.get(i), Names::label1035, at, errors);
            } else {
                errors.invalid(at, versions.get(i), "duplicate version");
            }
        }
        if (!seen.contains("v1") && !seen.contains("v1beta1")) {
            errors.invalid(VERSIONS, versions, "must include at least one of v1, v1beta1");
        }
    }
}
