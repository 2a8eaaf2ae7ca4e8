package io.gantry.kubelet.image;

import io.gantry.kubelet.credential.RegistryPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Credentials by what they are for, as a `config.json` of Docker has them: registries, and registries with the
/// beginning of a path (upstream `pkg/credentialprovider/keyring.go`, `BasicDockerKeyring`). Not thread-safe.
final class Keyring {
    private static final Logger LOG = LoggerFactory.getLogger(Keyring.class);
    private static final String HUB = "index.docker.io";
    private static final Set<String> VERSIONS = Set.of("/v1/", "/v2/");

    /// Longer paths before shorter ones.
    private final SortedMap<String, List<PullCredential>> byRegistry = new TreeMap<>(Comparator.reverseOrder());

    /// @param registry may have a scheme, a port and a path
    void add(String registry, PullCredential credential) {
        byRegistry.computeIfAbsent(normal(registry), key -> new ArrayList<>()).add(credential);
    }

    /// The scheme says nothing, and neither does the version of the registry's API.
    private static String normal(String registry) {
        String text = registry.replaceFirst("^https?://", "");
        int slash = text.indexOf('/');
        if (slash < 0) {
            return text;
        }
        String path = text.substring(slash);
        String rest = VERSIONS.stream().anyMatch(path::startsWith) ? path.substring("/v1".length()) : path;
        return text.substring(0, slash) + (rest.equals("/") ? "" : rest);
    }

    /// Those that serve an image, in the order in which they are to be tried.
    ///
    /// @param image its name with the registry, without tag and digest ([ImageName#qualified])
    List<PullCredential> find(String image) {
        RegistryPattern wanted = RegistryPattern.parse(image);
        List<PullCredential> found = new ArrayList<>();
        byRegistry.forEach((registry, credentials) -> {
            if (matches(registry, wanted)) {
                found.addAll(credentials);
            }
        });
        return found.isEmpty() && image.startsWith("docker.io/") ? byRegistry.getOrDefault(HUB, List.of()) : found;
    }

    private static boolean matches(String registry, RegistryPattern image) {
        try {
            return RegistryPattern.parse(registry).matches(image);
        } catch (IllegalArgumentException malformed) {
            LOG.warn("credentials for \"{}\" are for no registry: {}", registry, malformed.getMessage());
            return false;
        }
    }
}
