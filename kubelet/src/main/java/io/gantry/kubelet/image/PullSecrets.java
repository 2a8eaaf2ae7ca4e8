package io.gantry.kubelet.image;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.LocalObjectReference;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.cluster.SecretData;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RegistryLogin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Credentials from a pod's image pull secrets. Thread-safe.
final class PullSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(PullSecrets.class);

    private final Cluster cluster;

    PullSecrets(Cluster cluster) {
        this.cluster = cluster;
    }

    /// All that they hold, in the order of the secrets.
    Keyring of(Pod pod) {
        Keyring keyring = new Keyring();
        for (LocalObjectReference reference : pod.spec().imagePullSecrets()) {
            String name = Objects.requireNonNullElse(reference.name(), "");
            cluster.secret(PodIdentity.of(pod).namespace(), name).ifPresent(secret -> add(secret, keyring));
        }
        return keyring;
    }

    static void add(Secret secret, Keyring keyring) {
        Map<String, byte[]> data = SecretData.of(secret);
        byte[] config = data.get(".dockerconfigjson");
        byte[] legacy = data.get(".dockercfg");
        try {
            if (config != null) {
                add(secret, Json.MAPPER.readTree(config).path("auths"), keyring);
            } else if (legacy != null) {
                add(secret, Json.MAPPER.readTree(legacy), keyring);
            }
        } catch (JacksonException malformed) {
            LOG.warn(
                    "image pull secret {} is not readable: {}",
                    secret.metadata().name(),
                    malformed.getMessage());
        }
    }

    private static void add(Secret secret, JsonNode auths, Keyring keyring) {
        auths.properties().forEach(entry -> keyring.add(entry.getKey(), credential(secret, entry.getValue())));
    }

    private static PullCredential credential(Secret secret, JsonNode auth) {
        RegistryLogin login = login(auth);
        ObjectMeta of = secret.metadata();
        return new PullCredential(
                login,
                new PullSource.OfSecret(new ImagePullSecret(
                        Objects.requireNonNullElse(of.uid(), ""),
                        Objects.requireNonNullElse(of.namespace(), ""),
                        Objects.requireNonNullElse(of.name(), ""),
                        CredentialHash.of(login, auth.path("email").asString("")))));
    }

    private static RegistryLogin login(JsonNode auth) {
        String user = auth.path("username").asString("");
        String password = auth.path("password").asString("");
        String encoded = auth.path("auth").asString("");
        if (user.isEmpty() && !encoded.isEmpty()) {
            String decoded = new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            user = colon < 0 ? decoded : decoded.substring(0, colon);
            password = colon < 0 ? "" : decoded.substring(colon + 1);
        }
        return new RegistryLogin(
                user,
                password,
                auth.path("identitytoken").asString(""),
                auth.path("registrytoken").asString(""));
    }
}
