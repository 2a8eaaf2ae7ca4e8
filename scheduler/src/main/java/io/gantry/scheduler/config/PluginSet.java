package io.gantry.scheduler.config;

import io.gantry.api.decode.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Plugins enabled and disabled at one extension point, or at all (`multiPoint`).
///
/// @param enabled in order
/// @param disabled names; `*` stands for all
record PluginSet(List<Chosen> enabled, Set<String> disabled) {
    static final PluginSet EMPTY = new PluginSet(List.of(), Set.of());
    private static final String ALL = "*";

    /// A plugin and the weight of its score; 0 where none was given.
    record Chosen(String name, int weight) {}

    PluginSet {
        enabled = List.copyOf(enabled);
        disabled = Set.copyOf(disabled);
    }

    static PluginSet read(Arguments arguments) {
        List<Chosen> enabled = new ArrayList<>();
        for (Arguments each : arguments.objects("enabled")) {
            enabled.add(new Chosen(each.text("name", ""), each.integer("weight", 0, 0, Integer.MAX_VALUE)));
            each.end();
        }
        Set<String> disabled = new LinkedHashSet<>();
        for (Arguments each : arguments.objects("disabled")) {
            disabled.add(each.text("name", ""));
            each.end();
        }
        arguments.end();
        return new PluginSet(enabled, disabled);
    }

    boolean disables(String name) {
        return disabled.contains(name) || disablesAll();
    }

    boolean disablesAll() {
        return disabled.contains(ALL);
    }

    boolean enables(String name) {
        return enabled.stream().anyMatch(chosen -> chosen.name.equals(name));
    }

    /// These, as defaults, changed by what a user asks for: disabled ones go, ones that are enabled
    /// again keep their place and take the new weight, others follow (upstream `mergePluginSet`).
    PluginSet mergedWith(PluginSet custom) {
        Map<String, Chosen> asked = new LinkedHashMap<>();
        custom.enabled.forEach(chosen -> asked.put(chosen.name, chosen));
        List<Chosen> merged = new ArrayList<>();
        for (Chosen chosen : enabled) {
            if (!custom.disables(chosen.name)) {
                Chosen replaced = asked.remove(chosen.name);
                merged.add(replaced == null ? chosen : replaced);
            }
        }
        merged.addAll(asked.values());
        return new PluginSet(merged, custom.disabled);
    }
}
