package io.gantry.api.admissionregistration.v1;

import static io.gantry.api.validation.References.text;

import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.RuleWithOperations;
import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.ServiceReference;
import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.WebhookClientConfig;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import io.gantry.api.validation.WebhookAddresses;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What mutating and validating webhooks share (upstream `pkg/apis/admissionregistration/validation`).
public final class WebhookValidation {
    private static final int MAX_TIMEOUT_SECONDS = 30;
    private static final List<String> SIDE_EFFECTS = List.of("None", "NoneOnDryRun");

    private WebhookValidation() {}

    /// One webhook of either sort.
    public record Webhook(
            String name,
            @Nullable WebhookClientConfig clientConfig,
            List<RuleWithOperations> rules,
            @Nullable LabelSelector namespaceSelector,
            @Nullable LabelSelector objectSelector,
            @Nullable String sideEffects,
            @Nullable Integer timeoutSeconds,
            List<String> admissionReviewVersions) {}

    /// Faults of a configuration's webhooks.
    public static void check(List<Webhook> webhooks, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < webhooks.size(); i++) {
            Webhook webhook = webhooks.get(i);
            String at = "webhooks[" + i + "]";
            one(webhook, at, errors);
            if (!text(webhook.name()).isEmpty() && !names.add(webhook.name())) {
                errors.duplicate(at + ".name", webhook.name());
            }
        }
    }

    private static void one(Webhook webhook, String at, FieldErrors errors) {
        name(text(webhook.name()), at + ".name", errors);
        for (int r = 0; r < webhook.rules().size(); r++) {
            MatchRuleValidation.rule(webhook.rules().get(r), at + ".rules[" + r + "]", errors);
        }
        if (webhook.timeoutSeconds() != null
                && (webhook.timeoutSeconds() > MAX_TIMEOUT_SECONDS || webhook.timeoutSeconds() < 1)) {
            errors.invalid(
                    at + ".timeoutSeconds",
                    webhook.timeoutSeconds(),
                    "the timeout value must be between 1 and 30 seconds");
        }
        LabelValidation.selector(webhook.namespaceSelector(), at + ".namespaceSelector", errors);
        LabelValidation.selector(webhook.objectSelector(), at + ".objectSelector", errors);
        if (webhook.sideEffects() == null) {
            errors.required(at + ".sideEffects", "must specify one of " + String.join(", ", SIDE_EFFECTS));
        } else {
            References.oneOf(webhook.sideEffects(), SIDE_EFFECTS, at + ".sideEffects", errors);
        }
        versions(webhook.admissionReviewVersions(), at + ".admissionReviewVersions", errors);
        client(webhook.clientConfig(), at + ".clientConfig", errors);
    }

    private static void name(String name, String path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        List<String> faults = Names.subdomain(name);
        faults.forEach(m -> errors.invalid(path, name, m));
        if (faults.isEmpty() && name.split("\\.").length < 3) {
            errors.invalid(path, name, "should be a domain with at least three segments separated by dots");
        }
    }

    private static void versions(List<String> versions, String path, FieldErrors errors) {
        if (versions.isEmpty()) {
            errors.required(path, "must specify one of v1, v1beta1");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            String version = text(versions.get(i));
            if (seen.add(version)) {
                References.format(version, Names::label1035, path + "[" + i + "]", errors);
            } else {
                errors.invalid(path + "[" + i + "]", version, "duplicate version");
            }
        }
        if (!versions.contains("v1") && !versions.contains("v1beta1")) {
            errors.invalid(path, versions, "must include at least one of v1, v1beta1");
        }
    }

    private static void client(@Nullable WebhookClientConfig client, String path, FieldErrors errors) {
        ServiceReference service = client == null ? null : client.service();
        if (client == null || (client.url() == null) == (service == null)) {
            errors.required(path, "exactly one of url or service is required");
            return;
        }
        if (client.url() != null) {
            WebhookAddresses.url(client.url(), path + ".url", errors);
        }
        if (service != null) {
            WebhookAddresses.service(
                    service.name(), service.namespace(), service.path(), service.port(), path + ".service", errors);
        }
    }
}
