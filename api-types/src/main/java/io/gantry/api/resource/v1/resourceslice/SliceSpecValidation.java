package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.NodeSelectorRequirement;
import io.gantry.api.core.v1.pod.NodeSelectorTerm;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.v1.DeviceNames;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.Limited;
import io.gantry.api.validation.References;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a slice says of itself (upstream `validateResourceSliceSpec`).
final class SliceSpecValidation {
    private static final int MAX_DEVICES = 128;
    private static final int MAX_DEVICES_WITH_MORE = 64;
    private static final int MAX_COUNTER_SETS = 8;
    private static final String ONE_OF =
            "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

    private SliceSpecValidation() {}

    /// @param old the slice before, null for a new one
    static void check(ResourceSliceSpec spec, @Nullable ResourceSliceSpec old, FieldErrors errors) {
        DeviceNames.driver(spec.driver(), "spec.driver", errors);
        pool(spec.pool(), errors);
        if (old != null) {
            Immutable.check(poolName(spec), poolName(old), "spec.pool.name", errors);
            Immutable.check(spec.driver(), old.driver(), "spec.driver", errors);
            Immutable.check(spec.nodeName(), old.nodeName(), "spec.nodeName", errors);
        }
        nodes(spec, errors);
        if (!spec.sharedCounters().isEmpty() && !spec.devices().isEmpty()) {
            errors.invalid("spec", "", "only one of `sharedCounters` or `devices` is allowed");
        }
        devices(spec, old, errors);
        Limited.set(
                spec.sharedCounters(),
                MAX_COUNTER_SETS,
                CounterValidation::set,
                set -> References.text(set.name()),
                "spec.sharedCounters",
                errors);
    }

    private static String poolName(ResourceSliceSpec spec) {
        return spec.pool() == null ? "" : References.text(spec.pool().name());
    }

    private static void pool(@Nullable ResourcePool pool, FieldErrors errors) {
        long count = pool == null || pool.resourceSliceCount() == null ? 0 : pool.resourceSliceCount();
        long generation = pool == null || pool.generation() == null ? 0 : pool.generation();
        DeviceNames.pool(pool == null ? "" : pool.name(), "spec.pool.name", errors);
        if (count <= 0) {
            errors.invalid("spec.pool.resourceSliceCount", count, "must be greater than zero");
        }
        if (generation < 0) {
            errors.invalid("spec.pool.generation", generation, "must be greater than or equal to zero");
        }
    }

    private static void nodes(ResourceSliceSpec spec, FieldErrors errors) {
        NodeChoice choice = new NodeChoice("spec", errors)
                .name(spec.nodeName(), "must be either unset or set to a non-empty string")
                .selector(spec.nodeSelector());
        if (spec.nodeSelector() != null
                && spec.nodeSelector().nodeSelectorTerms().size() != 1) {
            // One term makes it simple to have devices of several slices on one node.
            errors.invalid(
                    "spec.nodeSelector.nodeSelectorTerms",
                    internal(spec.nodeSelector()),
                    "must have exactly one node selector term");
        }
        choice.flag(spec.allNodes(), "allNodes")
                .flag(spec.perDeviceNodeSelection(), "perDeviceNodeSelection")
                .exactlyOne(ONE_OF, ONE_OF + ", but multiple fields are set");
    }

    /// Terms as upstream shows them: its internal types have no names for JSON.
    private static ArrayNode internal(NodeSelector selector) {
        ArrayNode terms = Json.MAPPER.createArrayNode();
        for (NodeSelectorTerm term : selector.nodeSelectorTerms()) {
            ObjectNode shown = terms.addObject();
            internal(shown, "MatchExpressions", term.matchExpressions());
            internal(shown, "MatchFields", term.matchFields());
        }
        return terms;
    }

    private static void internal(ObjectNode term, String field, List<NodeSelectorRequirement> requirements) {
        if (requirements.isEmpty()) {
            term.putNull(field);
            return;
        }
        ArrayNode all = term.putArray(field);
        for (NodeSelectorRequirement requirement : requirements) {
            ObjectNode shown = all.addObject()
                    .put("Key", References.text(requirement.key()))
                    .put("Operator", References.text(requirement.operator()));
            if (requirement.values().isEmpty()) {
                shown.putNull("Values");
            } else {
                requirement.values().forEach(shown.putArray("Values")::add);
            }
        }
    }

    private static void devices(ResourceSliceSpec spec, @Nullable ResourceSliceSpec old, FieldErrors errors) {
        boolean perDevice = Boolean.TRUE.equals(spec.perDeviceNodeSelection());
        boolean more = spec.devices().stream().anyMatch(SliceSpecValidation::hasMore);
        Limited.set(
                spec.devices(),
                more ? MAX_DEVICES_WITH_MORE : MAX_DEVICES,
                (device, path, all) -> DeviceValidation.check(device, before(old, device.name()), perDevice, path, all),
                device -> References.text(device.name()),
                "spec.devices",
                errors);
    }

    private static boolean hasMore(Device device) {
        return !device.taints().isEmpty()
                || !device.consumesCounters().isEmpty()
                || device.attributes().values().stream().anyMatch(AttributeValidation::isList);
    }

    private static @Nullable Device before(@Nullable ResourceSliceSpec old, @Nullable String name) {
        if (old == null) {
            return null;
        }
        String wanted = References.text(name);
        for (Device device : old.devices()) {
            if (References.text(device.name()).equals(wanted)) {
                return device;
            }
        }
        return null;
    }
}
