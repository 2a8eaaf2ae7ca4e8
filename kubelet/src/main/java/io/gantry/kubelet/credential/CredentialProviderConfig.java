package io.gantry.kubelet.credential;

import io.gantry.api.decode.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads `CredentialProviderConfig` (`kubelet.config.k8s.io`): from a file, or from all files of a folder that end as
/// YAML and JSON do, in the order of their names (upstream `pkg/credentialprovider/plugin/config.go`). Unknown
/// fields and wrong values are refused together, each with its path.
final class CredentialProviderConfig {
    private static final String KIND = "CredentialProviderConfig";
    private static final List<String> VERSIONS =
            List.of("kubelet.config.k8s.io/v1", "kubelet.config.k8s.io/v1beta1", "kubelet.config.k8s.io/v1alpha1");
    private static final List<String> SPOKEN = List.of(
            "credentialprovider.kubelet.k8s.io/v1",
            "credentialprovider.kubelet.k8s.io/v1alpha1",
            "credentialprovider.kubelet.k8s.io/v1beta1");
    private static final List<String> ENDINGS = List.of(".json", ".yaml", ".yml");

    private CredentialProviderConfig() {}

    /// @param path of a file, or of a folder of files
    /// @throws IllegalArgumentException with all that is wrong in the first file in which something is
    static List<CredentialProvider> read(Path path) {
        List<CredentialProvider> providers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try {
            for (Path file : files(path)) {
                for (CredentialProvider provider : parse(file, Files.readString(file))) {
                    if (!names.add(provider.name())) {
                        throw new IllegalArgumentException(
                                file + ": a provider of the name \"" + provider.name() + "\" is there already");
                    }
                    providers.add(provider);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + path + ": " + e, e);
        }
        return providers;
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> configured = files.filter(file -> !Files.isDirectory(file))
                    .filter(file -> ENDINGS.stream().anyMatch(file.getFileName().toString()::endsWith))
                    .sorted()
                    .toList();
            if (configured.isEmpty()) {
                throw new IllegalArgumentException("no file in " + path + " ends with " + String.join(", ", ENDINGS));
            }
            return configured;
        }
    }

    private static List<CredentialProvider> parse(Path file, String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /// @throws IllegalArgumentException with all that is wrong
    static List<CredentialProvider> parse(String text) {
        List<String> mistakes = new ArrayList<>();
        Arguments root = Arguments.ofYaml(text, mistakes);
        String version = root.text("apiVersion", "");
        String kind = root.text("kind", "");
        if (!kind.equals(KIND) || !VERSIONS.contains(version)) {
            throw new IllegalArgumentException("no kind \"" + kind + "\" is registered for version \"" + version
                    + "\"; want " + KIND + " of " + VERSIONS.getFirst());
        }
        List<CredentialProvider> providers = new ArrayList<>();
        for (Arguments each : root.objects("providers")) {
            providers.add(provider(each));
        }
        if (!root.has("providers") || providers.isEmpty()) {
            root.mistake("providers", "Required value: at least 1 item in plugins is required");
        }
        root.end();
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", mistakes));
        }
        return providers;
    }

    private static CredentialProvider provider(Arguments given) {
        String name = given.text("name", "");
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains(" ")) {
            given.invalid("name", name, "must be the name of a program, without '/' and spaces");
        }
        String version = given.text("apiVersion", "");
        if (!SPOKEN.contains(version)) {
            given.mistake(
                    "apiVersion",
                    "Unsupported value: \"" + version + "\": supported values: \"" + String.join("\", \"", SPOKEN)
                            + "\"");
        }
        Optional<TokenAttributes> tokens =
                given.object("tokenAttributes").map(attributes -> TokenAttributes.read(attributes, version));
        CredentialProvider provider = new CredentialProvider(
                name, version, patterns(given), cacheDuration(given), given.texts("args"), env(given), tokens);
        given.end();
        return provider;
    }

    private static List<RegistryPattern> patterns(Arguments given) {
        List<RegistryPattern> patterns = new ArrayList<>();
        List<String> texts = given.texts("matchImages");
        if (texts.isEmpty()) {
            given.mistake("matchImages", "Required value: at least 1 item in matchImages is required");
        }
        for (String text : texts) {
            try {
                patterns.add(RegistryPattern.parse(text));
            } catch (IllegalArgumentException e) {
                given.invalid("matchImages", text, "match image is invalid: " + e.getMessage());
            }
        }
        return patterns;
    }

    private static Duration cacheDuration(Arguments given) {
        if (!given.has("defaultCacheDuration")) {
            given.mistake("defaultCacheDuration", "Required value");
        }
        Duration duration = given.duration("defaultCacheDuration", Duration.ZERO);
        if (duration.isNegative()) {
            given.invalid(
                    "defaultCacheDuration",
                    given.text("defaultCacheDuration", ""),
                    "defaultCacheDuration must be greater than or equal to 0");
        }
        return duration;
    }

    private static Map<String, String> env(Arguments given) {
        Map<String, String> env = new LinkedHashMap<>();
        for (Arguments variable : given.objects("env")) {
            String name = variable.text("name", "");
            if (name.isEmpty() || name.contains("=")) {
                variable.invalid("name", name, "must be the name of an environment variable");
            }
            env.put(name, variable.text("value", ""));
            variable.end();
        }
        return env;
    }
}
