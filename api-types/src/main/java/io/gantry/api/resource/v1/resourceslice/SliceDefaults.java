package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.validation.Trees;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What Go writes where a slice does not say it: structs and quantities that are no pointers, and names,
/// whose lack is an invalid name. And upstream's default of `Device`.
final class SliceDefaults {
    private SliceDefaults() {}

    /// In place; the same again when run twice.
    static void fill(ObjectNode slice) {
        ObjectNode spec = Trees.child(slice, "spec");
        ObjectNode pool = Trees.child(spec, "pool");
        Trees.defaultNumber(pool, "generation", 0);
        Trees.defaultNumber(pool, "resourceSliceCount", 0);
        each(spec.path("devices"), SliceDefaults::device);
        each(spec.path("sharedCounters"), set -> each(set.path("counters"), SliceDefaults::amount));
    }

    private static void device(ObjectNode device) {
        Trees.defaultText(device, "name", "");
        each(device.path("capacity"), SliceDefaults::amount);
        each(device.path("taints"), taint -> Trees.defaultText(taint, "key", ""));
        each(device.path("consumesCounters"), consumption -> each(consumption.path("counters"), SliceDefaults::amount));
        each(
                device.path("nodeAllocatableResourceMappings"),
                mapping -> Trees.defaultText(mapping, "allocationMultiplier", "1"));
    }

    private static void amount(ObjectNode holder) {
        Trees.defaultText(holder, "value", "0");
    }

    /// Each struct of a list or a map.
    private static void each(JsonNode holder, Consumer<ObjectNode> change) {
        for (JsonNode item : holder.values()) {
            if (item instanceof ObjectNode struct) {
                change.accept(struct);
            }
        }
    }
}
