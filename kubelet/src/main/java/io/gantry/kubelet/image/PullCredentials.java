package io.gantry.kubelet.image;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.credential.CredentialPlugins;
import io.gantry.kubelet.credential.PluginLogins;
import io.gantry.kubelet.credential.ServiceAccountName;
import java.util.ArrayList;
import java.util.List;

/// What a pod may pull an image with: what stands in its pull secrets, then what the node's credential providers know
/// (upstream `pkg/kubelet/images/image_manager.go`, `makeLookupPullCredentialsFunc`). Thread-safe.
final class PullCredentials {
    private final PullSecrets secrets;
    private final CredentialPlugins plugins;

    PullCredentials(PullSecrets secrets, CredentialPlugins plugins) {
        this.secrets = secrets;
        this.plugins = plugins;
    }

    /// In the order in which they are to be tried. Blocks while secrets are fetched and providers asked; an interrupt
    /// ends that, and is kept.
    List<PullCredential> of(Pod pod, String image) {
        String name = ImageName.qualified(image);
        List<PullCredential> credentials = new ArrayList<>(secrets.of(pod).find(name));
        try {
            credentials.addAll(ofProviders(pod, name).find(name));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return credentials;
    }

    private Keyring ofProviders(Pod pod, String name) throws InterruptedException {
        Keyring keyring = new Keyring();
        for (PluginLogins said : plugins.logins(pod, name)) {
            PullSource source = said.account().map(PullCredentials::of).orElse(new PullSource.OfNode());
            said.logins().forEach((registry, login) -> keyring.add(registry, new PullCredential(login, source)));
        }
        return keyring;
    }

    private static PullSource of(ServiceAccountName account) {
        return new PullSource.OfAccount(
                new ImagePullServiceAccount(account.uid(), account.namespace(), account.name()));
    }

    /// In Prometheus' text format.
    String metrics() {
        return plugins.metrics();
    }
}
