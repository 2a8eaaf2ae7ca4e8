package io.gantry.scheduler;

import io.gantry.scheduler.plugins.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What a `KubeSchedulerConfiguration` (`kubescheduler.config.k8s.io/v1`) with one profile says. What is not supported
/// is refused by name.
///
/// @param schedulerName the `schedulerName` of the pods that are scheduled
/// @param percentageOfNodesToScore 0 for upstream's default
/// @param weights of score plugins that differ from the default
/// @param disabled plugins that do not run at all
public record SchedulerConfiguration(
        String schedulerName, int percentageOfNodesToScore, Map<String, Integer> weights, Set<String> disabled) {
    private static final Set<String> TOP =
            Set.of("apiVersion", "kind", "profiles", "percentageOfNodesToScore", "leaderElection", "clientConnection");

    public SchedulerConfiguration {
        weights = Map.copyOf(weights);
        disabled = Set.copyOf(disabled);
    }

    /// The default profile under a name.
    public static SchedulerConfiguration defaults(String schedulerName) {
        return new SchedulerConfiguration(schedulerName, 0, Map.of(), Set.of());
    }

    /// @throws IllegalArgumentException when the file cannot be read or asks for what is not supported
    public static SchedulerConfiguration load(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
    }

    static SchedulerConfiguration parse(String yaml) {
        Map<?, ?> root = map(new Load(LoadSettings.builder().build()).loadFromString(yaml), "the configuration");
        if (!"KubeSchedulerConfiguration".equals(root.get("kind"))) {
            throw new IllegalArgumentException("kind must be KubeSchedulerConfiguration");
        }
        only(root, TOP, "");
        List<?> profiles = list(root.get("profiles"));
        if (profiles.size() > 1) {
            throw new IllegalArgumentException("profiles: one scheduler serves one profile; run one for each");
        }
        Map<?, ?> profile = profiles.isEmpty() ? Map.of() : map(profiles.getFirst(), "profiles[0]");
        only(profile, Set.of("schedulerName", "plugins", "percentageOfNodesToScore"), "profiles[0].");
        Map<String, Integer> weights = new HashMap<>();
        Set<String> disabled = new HashSet<>();
        readPlugins(
                map(profile.containsKey("plugins") ? profile.get("plugins") : Map.of(), "plugins"), weights, disabled);
        Object name = profile.get("schedulerName");
        return new SchedulerConfiguration(
                name == null ? SchedulerMain.DEFAULT_NAME : name.toString(),
                number(profile.containsKey("percentageOfNodesToScore") ? profile : root),
                weights,
                disabled);
    }

    private static void readPlugins(Map<?, ?> plugins, Map<String, Integer> weights, Set<String> disabled) {
        only(plugins, Set.of("score", "multiPoint"), "profiles[0].plugins.");
        Map<?, ?> score = map(plugins.containsKey("score") ? plugins.get("score") : Map.of(), "plugins.score");
        Map<?, ?> all = map(plugins.containsKey("multiPoint") ? plugins.get("multiPoint") : Map.of(), "multiPoint");
        names(score.get("disabled")).forEach(name -> weights.put(name, 0));
        disabled.addAll(names(all.get("disabled")));
        List<Object> enabled = new ArrayList<>(list(score.get("enabled")));
        enabled.addAll(list(all.get("enabled")));
        for (Object entry : enabled) {
            Map<?, ?> plugin = map(entry, "an enabled plugin");
            String name = String.valueOf(plugin.get("name"));
            if (plugin.get("weight") instanceof Integer weight && weight > 0) {
                weights.put(name, weight);
            } else {
                weights.remove(name);
            }
            disabled.remove(name);
        }
    }

    /// The catalog as this configuration wants it.
    ///
    /// @throws IllegalArgumentException for a plugin that there is not
    PluginCatalog apply(PluginCatalog catalog) {
        Set<String> known = new HashSet<>();
        catalog.entries().forEach(entry -> known.add(entry.plugin().name()));
        Set<String> asked = new HashSet<>(weights.keySet());
        asked.addAll(disabled);
        asked.removeAll(known);
        asked.remove("*");
        if (!asked.isEmpty()) {
            throw new IllegalArgumentException("no such plugin: " + String.join(", ", asked));
        }
        List<PluginCatalog.Entry> entries = new ArrayList<>();
        for (PluginCatalog.Entry entry : catalog.entries()) {
            String name = entry.plugin().name();
            if (!disabled.contains(name)) {
                int otherwise = weights.containsKey("*") ? 0 : entry.weight();
                int weight = entry.weight() == 0 ? 0 : weights.getOrDefault(name, otherwise);
                entries.add(new PluginCatalog.Entry(entry.plugin(), weight));
            }
        }
        return new PluginCatalog(entries);
    }

    private static void only(Map<?, ?> map, Set<String> supported, String path) {
        for (Object key : map.keySet()) {
            if (!supported.contains(String.valueOf(key))) {
                throw new IllegalArgumentException(path + key + " is not supported");
            }
        }
    }

    private static int number(Map<?, ?> from) {
        return from.get("percentageOfNodesToScore") instanceof Integer percentage ? percentage : 0;
    }

    private static List<String> names(@Nullable Object plugins) {
        return list(plugins).stream()
                .map(plugin -> String.valueOf(map(plugin, "a disabled plugin").get("name")))
                .toList();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static Map<?, ?> map(@Nullable Object value, String what) {
        if (Objects.requireNonNullElse(value, Map.of()) instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(what + " is not a mapping");
    }
}
