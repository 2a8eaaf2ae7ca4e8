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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Credentials from a pod's image pull secrets.
final class PullSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(PullSecrets.class);

    private final Cluster cluster;

    PullSecrets(Cluster cluster) {
        this.cluster = cluster;
    }

    /// The credentials for the image's registry, in the order of the secrets.
    List<PullCredential> credentials(Pod pod, String image) {
        List<PullCredential> credentials = new ArrayList<>();
        for (LocalObjectReference reference : pod.spec().imagePullSecrets()) {
            String name = Objects.requireNonNullElse(reference.name(), "");
            cluster.secret(PodIdentity.of(pod).namespace(), name)
                    .ifPresent(secret -> credentials.addAll(credentials(secret, image)));
        }
        return credentials;
    }

    static List<PullCredential> credentials(Secret secret, String image) {
        Map<String, byte[]> data = SecretData.of(secret);
        byte[] config = data.get(".dockerconfigjson");
        byte[] legacy = data.get(".dockercfg");
        try {
            if (config != null) {
                return matching(secret, Json.MAPPER.readTree(config).path("auths"), image);
            }
            return legacy == null ? List.of() : matching(secret, Json.MAPPER.readTree(legacy), image);
        } catch (JacksonException malformed) {
            LOG.warn(
                    "image pull secret {} is not readable: {}",
                    secret.metadata().name(),
                    malformed.getMessage());
            return List.of();
        }
    }

    private static List<PullCredential> matching(Secret secret, JsonNode auths, String image) {
        List<PullCredential> credentials = new ArrayList<>();
        auths.properties().forEach(entry -> {
            if (matches(entry.getKey(), image)) {
                credentials.add(credential(secret, entry.getValue()));
            }
        });
        return credentials;
    }

    private static PullCredential credential(Secret secret, JsonNode auth) {
        RegistryLogin login = login(auth);
        ObjectMeta of = secret.metadata();
        return new PullCredential(
                login,
                new ImagePullSecret(
                        Objects.requireNonNullElse(of.uid(), ""),
                        Objects.requireNonNullElse(of.namespace(), ""),
                        Objects.requireNonNullElse(of.name(), ""),
                        CredentialHash.of(login, auth.path("email").asString(""))));
    }

    /// Whether credentials for this registry, which may name a path, serve the image.
    static boolean matches(String registry, String image) {
        String key = registry.replaceFirst("^https?://", "")
                .replaceFirst("/v[12]/?$", "")
                .replaceFirst("/$", "");
        String host = ImageName.registry(image);
        String full = image.startsWith(host) ? image : host + "/" + image;
        String normal = key.equals("index.docker.io") || key.equals("registry-1.docker.io") ? "docker.io" : key;
        if (normal.startsWith("*.")) {
            return host.endsWith(normal.substring(1));
        }
        return full.equals(normal) || full.startsWith(normal + "/") || full.startsWith(normal + ":");
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
