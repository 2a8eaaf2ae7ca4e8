package io.gantry.scheduler.config;

import io.gantry.api.decode.Arguments;
import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.framework.Plugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.plugins.PluginCatalog;
import io.gantry.scheduler.plugins.PluginContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// One profile, ready to be made.
///
/// @param percentageOfNodesToScore 0 for upstream's default
/// @param points the names of the plugins at each extension point, in order
/// @param weights of score plugins
/// @param makers of all plugins that are named
public record ProfileConfiguration(
        String schedulerName,
        int percentageOfNodesToScore,
        Map<ExtensionPoint, List<String>> points,
        Map<String, Integer> weights,
        Map<String, PluginCatalog.Maker> makers) {
    private static final int MAX_PERCENTAGE = 100;

    public ProfileConfiguration {
        points = new EnumMap<>(points);
        weights = Map.copyOf(weights);
        makers = Map.copyOf(makers);
    }

    /// The plugins in the order of the list, with upstream's arguments.
    static ProfileConfiguration defaults(String schedulerName, PluginCatalog catalog) {
        return read(Arguments.none(), catalog, schedulerName, 0);
    }

    /// Mistakes are noted in the arguments.
    ///
    /// @param otherwise the percentage of a profile that gives none
    static ProfileConfiguration read(Arguments arguments, PluginCatalog catalog, String name, int otherwise) {
        String schedulerName = arguments.text("schedulerName", name);
        int percentage = arguments.integer("percentageOfNodesToScore", otherwise, 0, MAX_PERCENTAGE);
        PluginSets sets = PluginSets.read(arguments, catalog);
        Map<ExtensionPoint, List<String>> points = new EnumMap<>(ExtensionPoint.class);
        Set<String> named = new LinkedHashSet<>();
        for (ExtensionPoint point : ExtensionPoint.values()) {
            List<String> names = sets.at(point);
            points.put(point, names);
            named.addAll(names);
        }
        Map<String, PluginCatalog.Maker> makers = makers(arguments, catalog);
        makers.keySet().retainAll(named);
        arguments.end();
        return new ProfileConfiguration(schedulerName, percentage, points, sets.weights(), makers);
    }

    private static Map<String, PluginCatalog.Maker> makers(Arguments arguments, PluginCatalog catalog) {
        Map<String, PluginCatalog.Maker> makers = new LinkedHashMap<>();
        for (Arguments each : arguments.objects("pluginConfig")) {
            String name = each.text("name", "");
            Arguments args = each.object("args").orElseGet(Arguments::none);
            each.end();
            Optional<PluginCatalog.Line> line = catalog.find(name);
            if (line.isEmpty()) {
                each.mistake("name", "Invalid value: \"" + name + "\": plugin does not exist");
            } else if (makers.containsKey(name)) {
                each.mistake("name", "Duplicate value: \"" + name + "\": repeated config for plugin " + name);
            } else {
                checkType(args, name);
                makers.put(name, line.get().factory().decode(args));
                args.end();
            }
        }
        for (PluginCatalog.Line line : catalog.lines()) {
            makers.computeIfAbsent(line.name(), n -> line.factory().decode(Arguments.none()));
        }
        return makers;
    }

    private static void checkType(Arguments args, String plugin) {
        String version = args.text("apiVersion", SchedulerConfiguration.API_VERSION);
        String kind = args.text("kind", plugin + "Args");
        if (!version.equals(SchedulerConfiguration.API_VERSION) || !kind.equals(plugin + "Args")) {
            args.mistake(
                    "kind",
                    "args for plugin " + plugin + " were not of type " + plugin + "Args."
                            + SchedulerConfiguration.API_VERSION + ", got " + kind + "." + version);
        }
    }

    /// Makes the plugins, each once.
    Profile make(PluginContext context) {
        Map<String, Plugin> made = new LinkedHashMap<>();
        Map<ExtensionPoint, List<Plugin>> plugins = new EnumMap<>(ExtensionPoint.class);
        points.forEach((point, names) -> {
            List<Plugin> here = new ArrayList<>();
            for (String name : names) {
                Plugin plugin = made.get(name);
                if (plugin == null) {
                    plugin = Objects.requireNonNull(makers.get(name)).make(context);
                    made.put(name, plugin);
                }
                here.add(plugin);
            }
            plugins.put(point, here);
        });
        return new Profile(schedulerName, percentageOfNodesToScore, plugins, weights, context.extenders());
    }
}
