package io.gantry.cli.compose;

import io.gantry.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads a Compose file with its variables (environment before `.env`), its `env_file`s, secrets and configs.
public final class ComposeReader {
    private static final Set<String> TOP =
            Set.of("version", "name", "services", "volumes", "networks", "secrets", "configs");
    private static final int MAX_ALIASES = 100;

    private final Path folder;
    private final Interpolation variables;
    private final Set<String> profiles;
    private final List<String> warnings = new ArrayList<>();

    private ComposeReader(Path folder, Interpolation variables, Set<String> profiles) {
        this.folder = folder;
        this.variables = variables;
        this.profiles = profiles;
    }

    /// Reads a file.
    ///
    /// @param project the application's name; null: the file's own, or its folder's
    /// @param environment variables, which win over those of `.env`
    /// @param profiles services of which profiles are wanted beside those without one
    /// @throws CliException with the place, when it is not a Compose file that can run here
    public static ComposeFile read(
            Path file, @Nullable String project, Map<String, String> environment, Set<String> profiles) {
        Path folder = Optional.ofNullable(file.toAbsolutePath().normalize().getParent())
                .orElse(Path.of("/"));
        try {
            Map<String, String> all = new LinkedHashMap<>();
            Path dotEnv = folder.resolve(".env");
            if (Files.exists(dotEnv)) {
                all.putAll(EnvFile.read(dotEnv));
            }
            all.putAll(environment);
            ComposeReader reader = new ComposeReader(folder, new Interpolation(all), profiles);
            return reader.file(Files.readString(file), project);
        } catch (IOException e) {
            throw new CliException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private ComposeFile file(String text, @Nullable String project) throws IOException {
        ComposeNode top = new ComposeNode("", load(text));
        top.refuseOthers(TOP);
        if (!top.get("services").isPresent()) {
            throw new CliException("there is no `services` in the file: it is not a Compose file");
        }
        String name =
                project != null ? project : top.get("name").optionalText().orElse(String.valueOf(folder.getFileName()));
        ServiceReader services = new ServiceReader(folder, variables, warnings);
        List<ComposeService> read = new ArrayList<>();
        for (Map.Entry<String, ComposeNode> service :
                top.get("services").members().entrySet()) {
            if (wanted(service.getValue())) {
                read.add(services.read(service.getKey(), service.getValue()));
            }
        }
        if (top.get("networks").map().size() > 1) {
            warnings.add("networks: all services are on the cluster's one network");
        }
        return new ComposeFile(
                label(name),
                List.copyOf(read),
                volumes(top.get("volumes")),
                contents(top.get("secrets")),
                contents(top.get("configs")),
                List.copyOf(warnings));
    }

    private boolean wanted(ComposeNode service) {
        List<String> of = service.get("profiles").texts();
        return of.isEmpty() || of.stream().anyMatch(profiles::contains);
    }

    private List<String> volumes(ComposeNode node) {
        node.members().forEach((name, volume) -> {
            volume.refuseOthers(Set.of("driver", "driver_opts", "name", "labels", "external"));
            if (volume.get("driver_opts").isPresent()) {
                warnings.add(
                        volume.path() + ": driver_opts have no effect: the cluster's storage class makes the volume");
            }
        });
        return List.copyOf(node.members().keySet());
    }

    private Map<String, String> contents(ComposeNode node) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        for (Map.Entry<String, ComposeNode> entry : node.members().entrySet()) {
            ComposeNode source = entry.getValue();
            source.refuseOthers(Set.of("file", "content", "environment", "name"));
            if (source.get("content").isPresent()) {
                contents.put(entry.getKey(), source.get("content").text());
            } else if (source.get("environment").isPresent()) {
                contents.put(
                        entry.getKey(),
                        variables
                                .variables()
                                .getOrDefault(source.get("environment").text(), ""));
            } else {
                contents.put(
                        entry.getKey(),
                        Files.readString(folder.resolve(source.get("file").text())));
            }
        }
        return contents;
    }

    private @Nullable Object load(String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setMaxAliasesForCollections(MAX_ALIASES)
                    .build();
            return interpolated(new Load(settings).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new CliException("the file is not YAML: " + e.getMessage(), e);
        }
    }

    private @Nullable Object interpolated(@Nullable Object value) {
        return switch (value) {
            case String text -> variables.apply(text);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(interpolated(element)));
                yield copy;
            }
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((name, element) -> copy.put(name, interpolated(element)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    /// A name as a DNS label: Compose allows underscores and capitals, a cluster does not.
    static String label(String name) {
        String label =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+|-+$", "");
        if (label.isEmpty() || label.length() > 63) {
            throw new CliException("the name " + name + " cannot be made a DNS label of at most 63 characters");
        }
        return label;
    }
}
