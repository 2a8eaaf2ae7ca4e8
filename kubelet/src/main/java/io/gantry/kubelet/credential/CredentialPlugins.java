package io.gantry.kubelet.credential;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// All credential providers of a node. Thread-safe.
public final class CredentialPlugins {
    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final List<CredentialPlugin> plugins;
    private final Counts errors = Counts.counter("kubelet_credential_provider_plugin_errors_total", "plugin_name");
    private final Histogram durations =
            new Histogram("kubelet_credential_provider_plugin_duration", List.of("plugin_name"), SECONDS);

    public CredentialPlugins(CredentialProviders configured, PodAccounts accounts, InstantSource clock) {
        this.plugins = configured.providers().stream()
                .map(provider -> new CredentialPlugin(
                        provider,
                        accounts,
                        measured(provider.name(), new PluginProgram(provider, configured.binDir())),
                        clock))
                .toList();
    }

    /// Of a node without any.
    public static CredentialPlugins none() {
        return new CredentialPlugins(CredentialProviders.NONE, NoAccounts.INSTANCE, InstantSource.system());
    }

    private PluginCall measured(String name, PluginCall call) {
        return request -> {
            long began = System.nanoTime();
            try {
                return call.ask(request);
            } catch (PluginFailure failure) {
                errors.of(name).increment();
                throw failure;
            } finally {
                durations.of(name).observeNanos(System.nanoTime() - began);
            }
        };
    }

    /// What each provider knows for an image of a pod. Blocks while the API server and providers are asked.
    ///
    /// @param image its name with the registry, without tag and digest
    public List<PluginLogins> logins(Pod pod, String image) throws InterruptedException {
        List<PluginLogins> all = new ArrayList<>();
        for (CredentialPlugin plugin : plugins) {
            all.add(plugin.logins(pod, image));
        }
        return all;
    }

    /// In Prometheus' text format.
    public String metrics() {
        return errors.text() + durations.text();
    }
}
