package io.gantry.apiserver.encryption;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.StorageLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Which keys are encrypted how (`EncryptionConfiguration`, `apiserver.config.k8s.io/v1`). The first entry with a key's
/// resource counts; its first cipher encrypts, all decrypt.
record EncryptionConfig(List<Resources> resources) {
    EncryptionConfig {
        resources = List.copyOf(resources);
    }

    /// @param prefixes of the store's keys
    record Resources(List<String> prefixes, List<ValueCipher> ciphers) {
        Resources {
            prefixes = List.copyOf(prefixes);
            ciphers = List.copyOf(ciphers);
        }
    }

    /// Reads a file.
    ///
    /// @throws IllegalArgumentException for what is no configuration or is not supported, by name
    static EncryptionConfig load(Path file) throws IOException {
        JsonNode tree;
        try {
            tree = Bodies.yaml(Files.readAllBytes(file)).tree();
        } catch (StatusException e) {
            throw new IllegalArgumentException("the encryption configuration " + file + ": " + e.getMessage(), e);
        }
        if (!Trees.text(tree, "kind").equals("EncryptionConfiguration")
                || !Trees.text(tree, "apiVersion").equals("apiserver.config.k8s.io/v1")) {
            throw new IllegalArgumentException(file + " is no apiserver.config.k8s.io/v1 EncryptionConfiguration");
        }
        List<Resources> resources = new ArrayList<>();
        for (JsonNode entry : Trees.list(tree, "resources")) {
            List<ValueCipher> ciphers = new ArrayList<>();
            Trees.list(entry, "providers").forEach(provider -> ciphers.addAll(ciphers(provider)));
            if (ciphers.isEmpty()) {
                throw new IllegalArgumentException(file + ": an entry without providers");
            }
            resources.add(new Resources(
                    Trees.texts(entry, "resources").stream()
                            .map(EncryptionConfig::prefix)
                            .toList(),
                    ciphers));
        }
        return new EncryptionConfig(resources);
    }

    private static String prefix(String resource) {
        if (resource.equals("*.*")) {
            return "/registry/";
        }
        if (resource.contains("*")) {
            throw new IllegalArgumentException(
                    "encryption of \"" + resource + "\" is not supported; name the resources");
        }
        int dot = resource.indexOf('.');
        return dot < 0
                ? StorageLayout.prefix("", resource)
                : StorageLayout.prefix(resource.substring(dot + 1), resource.substring(0, dot));
    }

    private static List<ValueCipher> ciphers(JsonNode provider) {
        String name = provider.propertyNames().iterator().next();
        return switch (name) {
            case "identity" -> List.of(new PlainCipher());
            case "aescbc", "aesgcm", "secretbox" ->
                Trees.list(provider, name, "keys").stream()
                        .map(key -> cipher(name, Trees.text(key, "name"), secret(key)))
                        .toList();
            default -> throw new IllegalArgumentException("encryption provider \"" + name + "\" is not supported");
        };
    }

    private static byte[] secret(JsonNode key) {
        try {
            return Base64.getDecoder().decode(Trees.text(key, "secret"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the secret of encryption key \"" + Trees.text(key, "name") + "\" is not base64", e);
        }
    }

    private static ValueCipher cipher(String provider, String name, byte[] secret) {
        boolean fits =
                secret.length == 32 || !provider.equals("secretbox") && (secret.length == 16 || secret.length == 24);
        if (!fits) {
            throw new IllegalArgumentException(
                    "the secret of encryption key \"" + name + "\" has " + secret.length + " bytes");
        }
        return provider.equals("secretbox")
                ? new SecretboxCipher(name, secret)
                : new AesCipher(provider.equals("aesgcm"), name, secret);
    }

    /// The ciphers of a key; empty where nothing is configured.
    Optional<List<ValueCipher>> ciphers(String key) {
        return resources.stream()
                .filter(entry -> entry.prefixes().stream().anyMatch(key::startsWith))
                .map(Resources::ciphers)
                .findFirst();
    }
}
