package io.gantry.apiserver.encryption;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.StorageLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Which keys are encrypted how (`EncryptionConfiguration`, `apiserver.config.k8s.io/v1`). The first entry with a key's
/// resource counts; its first cipher encrypts, all decrypt.
///
/// @param providers the plugins that it names
record EncryptionConfig(List<Resources> resources, List<KmsProvider> providers) implements AutoCloseable {
    EncryptionConfig {
        resources = List.copyOf(resources);
        providers = List.copyOf(providers);
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
    /// @param plugins makes the provider of a plugin, which is not asked yet
    /// @throws IllegalArgumentException for what is no configuration or is not supported, by name
    static EncryptionConfig parse(Path file, byte[] text, Function<KmsSettings, KmsProvider> plugins) {
        JsonNode tree;
        try {
            tree = Bodies.yaml(text).tree();
        } catch (StatusException e) {
            throw new IllegalArgumentException("the encryption configuration " + file + ": " + e.getMessage(), e);
        }
        if (!Trees.text(tree, "kind").equals("EncryptionConfiguration")
                || !Trees.text(tree, "apiVersion").equals("apiserver.config.k8s.io/v1")) {
            throw new IllegalArgumentException(file + " is no apiserver.config.k8s.io/v1 EncryptionConfiguration");
        }
        Map<String, KmsProvider> providers = new LinkedHashMap<>();
        try {
            return new EncryptionConfig(
                    Trees.list(tree, "resources").stream()
                            .map(entry -> resources(file, entry, kms -> unique(providers, kms, plugins)))
                            .toList(),
                    List.copyOf(providers.values()));
        } catch (IllegalArgumentException e) {
            providers.values().forEach(KmsProvider::close);
            throw e;
        }
    }

    private static KmsProvider unique(
            Map<String, KmsProvider> providers, KmsSettings kms, Function<KmsSettings, KmsProvider> plugins) {
        if (providers.containsKey(kms.name())) {
            throw new IllegalArgumentException("duplicate KMS provider name " + kms.name() + ", names must be unique");
        }
        KmsProvider provider = plugins.apply(kms);
        providers.put(kms.name(), provider);
        return provider;
    }

    private static Resources resources(Path file, JsonNode entry, Function<KmsSettings, KmsProvider> plugins) {
        List<ValueCipher> ciphers = new ArrayList<>();
        Trees.list(entry, "providers").forEach(provider -> ciphers.addAll(ciphers(provider, plugins)));
        if (ciphers.isEmpty()) {
            throw new IllegalArgumentException(file + ": an entry without providers");
        }
        return new Resources(
                Trees.texts(entry, "resources").stream()
                        .map(EncryptionConfig::prefix)
                        .toList(),
                ciphers);
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

    private static List<ValueCipher> ciphers(JsonNode provider, Function<KmsSettings, KmsProvider> plugins) {
        if (provider.size() != 1) {
            throw new IllegalArgumentException(
                    "more than one provider specified in a single element, should split into different list elements");
        }
        String name = provider.propertyNames().iterator().next();
        return switch (name) {
            case "kms" -> List.of(new KmsCipher(plugins.apply(KmsSettings.of(provider.path("kms")))));
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

    /// Asks the plugins, now and then all the time. Blocks.
    void start() {
        providers.forEach(KmsProvider::start);
    }

    /// Which plugins are not well, and why; empty when all are. May block.
    Optional<String> failure() {
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < providers.size(); i++) {
            String name = "kms-provider-" + i + ": ";
            providers.get(i).check().ifPresent(why -> failures.add(name + why));
        }
        return failures.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", failures));
    }

    /// How long one call of each plugin may take, together.
    Duration timeouts() {
        return providers.stream().map(provider -> provider.settings().timeout()).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        providers.forEach(KmsProvider::close);
    }
}
