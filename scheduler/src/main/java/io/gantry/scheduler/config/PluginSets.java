package io.gantry.scheduler.config;

import io.gantry.api.decode.Arguments;
import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.plugins.PluginCatalog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The `plugins` of a profile: what is chosen for single extension points, and what for all that a plugin
/// has.
///
/// @param multiPoint the default plugins as the user wants them
/// @param points what the user asks for at single points
record PluginSets(PluginCatalog catalog, PluginSet multiPoint, Map<ExtensionPoint, PluginSet> points) {
    static PluginSets read(Arguments profile, PluginCatalog catalog) {
        Arguments plugins = profile.object("plugins").orElseGet(Arguments::none);
        PluginSet defaults = new PluginSet(
                catalog.lines().stream()
                        .filter(PluginCatalog.Line::isDefault)
                        .map(line -> new PluginSet.Chosen(line.name(), line.weight()))
                        .toList(),
                Set.of());
        PluginSet custom = plugins.object("multiPoint").map(PluginSet::read).orElse(PluginSet.EMPTY);
        Map<ExtensionPoint, PluginSet> points = new EnumMap<>(ExtensionPoint.class);
        for (ExtensionPoint point : ExtensionPoint.values()) {
            points.put(point, plugins.object(point.key()).map(PluginSet::read).orElse(PluginSet.EMPTY));
        }
        plugins.end();
        PluginSets sets = new PluginSets(catalog, defaults.mergedWith(custom), points);
        sets.check(plugins, custom);
        return sets;
    }

    private void check(Arguments plugins, PluginSet custom) {
        checkKnown(plugins, "multiPoint", custom);
        points.forEach((point, set) -> {
            checkKnown(plugins, point.key(), set);
            set.enabled()
                    .forEach(chosen -> catalog.find(chosen.name())
                            .filter(line -> !line.extendsPoint(point))
                            .ifPresent(line -> plugins.mistake(
                                    point.key(),
                                    "plugin \"" + line.name() + "\" does not extend " + point.interfaceName()
                                            + " plugin")));
        });
        int sorts = at(ExtensionPoint.QUEUE_SORT).size();
        if (sorts != 1) {
            plugins.mistake(
                    "queueSort",
                    sorts == 0 ? "no queue sort plugin is enabled" : "only one queue sort plugin can be enabled");
        }
        if (at(ExtensionPoint.BIND).isEmpty()) {
            plugins.mistake("bind", "at least one bind plugin is needed");
        }
    }

    private void checkKnown(Arguments plugins, String where, PluginSet set) {
        Set<String> seen = new LinkedHashSet<>();
        for (PluginSet.Chosen chosen : set.enabled()) {
            if (catalog.find(chosen.name()).isEmpty()) {
                plugins.mistake(where, "plugin \"" + chosen.name() + "\" does not exist");
            } else if (!seen.add(chosen.name())) {
                plugins.mistake(where, "plugin \"" + chosen.name() + "\" already registered");
            }
        }
        for (String name : set.disabled()) {
            if (!name.equals("*") && catalog.find(name).isEmpty()) {
                plugins.mistake(where, "plugin \"" + name + "\" does not exist");
            }
        }
    }

    /// The plugins of one point: those chosen for it that `multiPoint` has too, then the rest of
    /// `multiPoint`, then the others chosen for it (upstream `expandMultiPointPlugins`).
    List<String> at(ExtensionPoint point) {
        PluginSet own = points.getOrDefault(point, PluginSet.EMPTY);
        List<String> names = new ArrayList<>();
        if (!own.disablesAll()) {
            List<String> all = multiPoint.enabled().stream()
                    .map(PluginSet.Chosen::name)
                    .filter(name -> extendsPoint(name, point) && !own.disables(name))
                    .toList();
            own.enabled().stream()
                    .map(PluginSet.Chosen::name)
                    .filter(all::contains)
                    .forEach(names::add);
            all.stream().filter(name -> !own.enables(name)).forEach(names::add);
        }
        own.enabled().stream()
                .map(PluginSet.Chosen::name)
                .filter(name -> !names.contains(name) && extendsPoint(name, point))
                .forEach(names::add);
        return names;
    }

    private boolean extendsPoint(String name, ExtensionPoint point) {
        Optional<PluginCatalog.Line> line = catalog.find(name);
        return line.isPresent() && line.get().extendsPoint(point);
    }

    /// What is given at `score` goes before what is given at `multiPoint`; a plugin that was given none
    /// has 1.
    Map<String, Integer> weights() {
        Map<String, Integer> weights = new HashMap<>();
        List<PluginSet.Chosen> all = new ArrayList<>(
                points.getOrDefault(ExtensionPoint.SCORE, PluginSet.EMPTY).enabled());
        all.addAll(multiPoint.enabled());
        all.forEach(chosen -> weights.putIfAbsent(chosen.name(), Math.max(1, chosen.weight())));
        return weights;
    }
}
