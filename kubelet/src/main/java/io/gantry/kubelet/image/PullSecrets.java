package io.gantry.kubelet.image;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.LocalObjectReference;
import io.gantry.api.core.v1.pod.Pod;
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

    /// The logins for the image's registry, in the order of the secrets.
    List<RegistryLogin> logins(Pod pod, String image) {
        List<RegistryLogin> logins = new ArrayList<>();
        for (LocalObjectReference reference : pod.spec().imagePullSecrets()) {
            String name = Objects.requireNonNullElse(reference.name(), "");
            cluster.secret(PodIdentity.of(pod).namespace(), name)
                    .ifPresent(secret -> logins.addAll(logins(SecretData.of(secret), image, name)));
        }
        return logins;
    }

    static List<RegistryLogin> logins(Map<String, byte[]> data, String image, String secretName) {
        byte[] config = data.get(".dockerconfigjson");
        byte[] legacy = data.get(".dockercfg");
        try {
            if (config != null) {
                return matching(Json.MAPPER.readTree(config).path("auths"), image);
            }
            return legacy == null ? List.of() : matching(Json.MAPPER.readTree(legacy), image);
        } catch (JacksonException malformed) {
            LOG.warn("image pull secret {} is not readable: {}", secretName, malformed.getMessage());
            return List.of();
        }
    }

    private static List<RegistryLogin> matching(JsonNode auths, String image) {
        List<RegistryLogin> logins = new ArrayList<>();
        auths.properties().forEach(entry -> {
            if (matches(entry.getKey(), image)) {
                logins.add(login(entry.getValue()));
            }
        });
        return logins;
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
