package io.gantry.kubelet.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gantry.api.Copies;
import java.util.ArrayList;
import java.util.List;

/// Who may use an image (upstream `ImagePullCredentials`).
///
/// @param nodePodsAccessible every pod of the node: it was pulled without credentials; then there are no others
record ImagePullCredentials(
        List<ImagePullSecret> kubernetesSecrets,
        List<ImagePullServiceAccount> kubernetesServiceAccounts,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean nodePodsAccessible) {
    static final ImagePullCredentials EVERYBODY = new ImagePullCredentials(List.of(), List.of(), true);
    static final ImagePullCredentials NOBODY = new ImagePullCredentials(List.of(), List.of(), false);

    ImagePullCredentials {
        kubernetesSecrets = Copies.list(kubernetesSecrets);
        kubernetesServiceAccounts = Copies.list(kubernetesServiceAccounts);
    }

    static ImagePullCredentials of(ImagePullSecret secret) {
        return new ImagePullCredentials(List.of(secret), List.of(), false);
    }

    static ImagePullCredentials of(ImagePullServiceAccount account) {
        return new ImagePullCredentials(List.of(), List.of(account), false);
    }

    /// Those of both; a secret that both have says what the other's says.
    ImagePullCredentials and(ImagePullCredentials other) {
        if (nodePodsAccessible || other.nodePodsAccessible) {
            return EVERYBODY;
        }
        List<ImagePullSecret> secrets = new ArrayList<>(kubernetesSecrets);
        for (ImagePullSecret secret : other.kubernetesSecrets) {
            secrets.removeIf(secret::isSameObject);
            secrets.add(secret);
        }
        secrets.sort(ImagePullSecret.ORDER);
        List<ImagePullServiceAccount> accounts = new ArrayList<>(kubernetesServiceAccounts);
        other.kubernetesServiceAccounts.stream()
                .filter(account -> !accounts.contains(account))
                .forEach(accounts::add);
        return new ImagePullCredentials(secrets, accounts, false);
    }
}
