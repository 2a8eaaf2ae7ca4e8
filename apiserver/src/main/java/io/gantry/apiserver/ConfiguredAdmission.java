package io.gantry.apiserver;

import io.gantry.apiserver.admission.AdmissionMetrics;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.PluginConfigException;
import io.gantry.apiserver.admission.optional.OptionalPlugins;
import io.gantry.apiserver.admission.quota.QuotaAdmission;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.objects.CacheReader;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.policy.MutatingPolicies;
import io.gantry.apiserver.policy.ValidatingPolicies;
import io.gantry.apiserver.policy.WebhookConditions;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.webhook.AdmissionWebhooks;
import io.gantry.apiserver.webhook.WebhookClient;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Admission that objects of the cluster or flags configure. It runs behind the built-in plugins, whatever the
/// security is, so that it sees what they made of an object.
final class ConfiguredAdmission implements AutoCloseable {
    private final Lazy<WebhookClient> client;
    private final List<AdmissionPlugin> plugins;
    private final AdmissionFlags flags;
    private final OptionalPlugins.Means means;

    /// @param writer the server's own, there once requests are served
    ConfiguredAdmission(
            Resources resources,
            Authorizer authorizer,
            InstantSource clock,
            AdmissionMetrics metrics,
            Supplier<ObjectWriter> writer,
            AdmissionFlags flags) {
        ObjectReader reader = new CacheReader(resources);
        means = new OptionalPlugins.Means(reader, writer, resources, authorizer, flags.configs(), clock);
        this.flags = flags;
        client = Lazy.of(() -> new WebhookClient(new CachedObjects(resources)));
        AdmissionWebhooks webhooks =
                new AdmissionWebhooks(reader, resources, client, new WebhookConditions(resources, authorizer), metrics);
        plugins = List.of(
                new MutatingPolicies(reader, resources, authorizer),
                webhooks.mutating(),
                new ValidatingPolicies(reader, resources, authorizer, metrics),
                webhooks.validating(),
                PluginConfigException.naming(
                        "ResourceQuota", () -> new QuotaAdmission(resources, clock, flags.configs())));
    }

    /// The built-in plugins, with those that are off by default and wanted, then these.
    List<AdmissionPlugin> after(List<AdmissionPlugin> builtIn) {
        return Stream.concat(OptionalPlugins.round(builtIn, flags.enabled(), means).stream(), plugins.stream())
                .filter(plugin -> !flags.disabled().contains(plugin.name()))
                .toList();
    }

    /// The client of webhooks, made at its first use; closed here.
    Supplier<WebhookClient> webhooks() {
        return client;
    }

    @Override
    public void close() {
        client.ifMade(WebhookClient::close);
    }
}
