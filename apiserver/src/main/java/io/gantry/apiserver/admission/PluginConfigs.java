package io.gantry.apiserver.admission;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.objects.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Plugins' own configurations, as `--admission-control-config-file` names them (`AdmissionConfiguration`,
/// `apiserver.config.k8s.io/v1`; upstream `k8s.io/apiserver/pkg/admission/config.go`).
///
/// @param byPlugin trees by the plugin's name
public record PluginConfigs(Map<String, JsonNode> byPlugin) {
    public static final PluginConfigs NONE = new PluginConfigs(Map.of());

    private static final Set<String> VERSIONS =
            Set.of("apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1alpha1", "apiserver.k8s.io/v1alpha1");
    private static final Set<String> CONFIGURABLE =
            Set.of("EventRateLimit", "PodNodeSelector", "PodSecurity", "PodTolerationRestriction", "ResourceQuota");

    /// The one plugin whose file may be the whole file.
    private static final String NODE_SELECTORS = "podNodeSelectorPluginConfig";

    public PluginConfigs {
        byPlugin = Map.copyOf(byPlugin);
    }

    /// Reads the file and those that it names, relative to its folder.
    ///
    /// @throws IllegalArgumentException for what cannot be read, is no configuration, or is of a plugin that
    /// takes none here, by name
    public static PluginConfigs load(Path file) {
        JsonNode tree = read(file);
        if (tree.has(NODE_SELECTORS)) {
            return new PluginConfigs(Map.of("PodNodeSelector", tree));
        }
        if (!Trees.text(tree, "kind").equals("AdmissionConfiguration")
                || !VERSIONS.contains(Trees.text(tree, "apiVersion"))) {
            throw new IllegalArgumentException(file + " is no apiserver.config.k8s.io/v1 AdmissionConfiguration");
        }
        Map<String, JsonNode> configs = new HashMap<>();
        for (JsonNode plugin : Trees.list(tree, "plugins")) {
            String name = Trees.text(plugin, "name");
            String path = Trees.text(plugin, "path");
            JsonNode own = plugin.path("configuration");
            if (!own.isObject() && path.isEmpty()) {
                continue;
            }
            if (!CONFIGURABLE.contains(name)) {
                throw new IllegalArgumentException(
                        file + ": a configuration of the admission plugin \"" + name + "\" is not supported");
            }
            configs.putIfAbsent(
                    name, own.isObject() ? own : read(file.toAbsolutePath().resolveSibling(path)));
        }
        return new PluginConfigs(configs);
    }

    private static JsonNode read(Path file) {
        try {
            return Bodies.yaml(Files.readAllBytes(file)).tree();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "unable to read admission control configuration from \"" + file + "\": " + e.getMessage(), e);
        } catch (StatusException e) {
            throw new IllegalArgumentException("the admission configuration " + file + ": " + e.getMessage(), e);
        }
    }

    public Optional<JsonNode> of(String plugin) {
        return Optional.ofNullable(byPlugin.get(plugin));
    }

    /// The same, which must be of a kind in one of the versions.
    ///
    /// @throws IllegalArgumentException when it is not
    public Optional<JsonNode> of(String plugin, String kind, Set<String> apiVersions) {
        Optional<JsonNode> config = of(plugin);
        config.ifPresent(tree -> {
            if (!Trees.text(tree, "kind").equals(kind) || !apiVersions.contains(Trees.text(tree, "apiVersion"))) {
                throw new IllegalArgumentException("the configuration of " + plugin + " is no " + kind + " of "
                        + String.join(" or ", apiVersions));
            }
        });
        return config;
    }
}
