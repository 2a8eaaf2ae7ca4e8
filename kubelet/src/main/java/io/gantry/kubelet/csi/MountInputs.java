package io.gantry.kubelet.csi;

import io.gantry.api.Json;
import io.gantry.api.authentication.v1.tokenrequest.TokenRequestStatus;
import io.gantry.api.core.v1.persistentvolume.SecretReference;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csidriver.TokenRequest;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.cluster.SecretData;
import io.gantry.kubelet.volume.ServiceAccountTokens;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// What a driver gets beside the volume's own attributes: secrets, the pod, tokens. Blocks; thread-safe.
record MountInputs(Cluster cluster, ServiceAccountTokens tokens) {
    private static final String TOKENS = "csi.storage.k8s.io/serviceAccount.tokens";

    /// @param field the reference's name for the message when the secret is not to be had
    Map<String, String> secrets(Optional<SecretReference> reference, String field) throws CsiFailure {
        if (reference.isEmpty()) {
            return Map.of();
        }
        String namespace = Objects.requireNonNullElse(reference.get().namespace(), "");
        String name = Objects.requireNonNullElse(reference.get().name(), "");
        Optional<Secret> secret = cluster.secret(namespace, name);
        if (secret.isEmpty()) {
            throw new CsiFailure(
                    "fetching " + field + " " + namespace + "/" + name + " failed: "
                            + "kubernetes.io/csi: failed to find the secret " + name + " in the namespace " + namespace
                            + " with error: secrets \"" + name + "\" not found",
                    true);
        }
        Map<String, String> values = new TreeMap<>();
        SecretData.of(secret.get()).forEach((key, value) -> values.put(key, new String(value, StandardCharsets.UTF_8)));
        return values;
    }

    /// The volume's attributes as the driver gets them with a pod.
    Map<String, String> attributes(Pod pod, CsiVolume volume, Optional<CSIDriver> driver) {
        Map<String, String> all = new TreeMap<>(volume.attributes());
        if (driver.isPresent() && Boolean.TRUE.equals(driver.get().spec().podInfoOnMount())) {
            all.putAll(CsiRequests.podInfo(pod, volume.inline()));
        }
        if (!volume.block() && !tokensInSecrets(driver)) {
            all.putAll(tokens(pod, driver));
        }
        return all;
    }

    /// Secrets for publishing: those of the volume, and the tokens of drivers that want them there.
    Map<String, String> publishSecrets(Pod pod, CsiVolume volume, Optional<CSIDriver> driver) throws CsiFailure {
        Map<String, String> all = new TreeMap<>(secrets(volume.publishSecret(), "NodePublishSecretRef"));
        if (!volume.block() && tokensInSecrets(driver)) {
            all.putAll(tokens(pod, driver));
        }
        return all;
    }

    private static boolean tokensInSecrets(Optional<CSIDriver> driver) {
        return driver.isPresent() && Boolean.TRUE.equals(driver.get().spec().serviceAccountTokenInSecrets());
    }

    private Map<String, String> tokens(Pod pod, Optional<CSIDriver> driver) {
        Map<String, TokenRequestStatus> byAudience = new TreeMap<>();
        if (driver.isPresent()) {
            for (TokenRequest wanted : driver.get().spec().tokenRequests()) {
                byAudience.put(wanted.audience(), tokens.status(pod, wanted.audience(), wanted.expirationSeconds()));
            }
        }
        return byAudience.isEmpty() ? Map.of() : Map.of(TOKENS, Json.MAPPER.writeValueAsString(byAudience));
    }
}
