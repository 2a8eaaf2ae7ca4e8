package io.gantry.api.resource.v1.resourceslice;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Fields of devices behind gates that are off (`DRANodeAllocatableResources`, `DRAListTypeAttributes`):
/// dropped, unless the slice had such before (upstream `dropDisabledFields`).
final class GatedDeviceFields {
    private static final List<String> MAPPINGS = List.of("nodeAllocatableResourceMappings");
    private static final List<String> LISTS = List.of("ints", "bools", "strings", "versions");

    private GatedDeviceFields() {}

    /// Of a new slice.
    static void drop(ObjectNode slice) {
        devices(slice).forEach(device -> device.remove(MAPPINGS));
        attributes(slice).forEach(attribute -> attribute.remove(LISTS));
    }

    static void drop(ObjectNode slice, ObjectNode old) {
        if (devices(old).noneMatch(has(MAPPINGS))) {
            devices(slice).forEach(device -> device.remove(MAPPINGS));
        }
        if (attributes(old).noneMatch(has(LISTS))) {
            attributes(slice).forEach(attribute -> attribute.remove(LISTS));
        }
    }

    private static Predicate<ObjectNode> has(List<String> fields) {
        return holder -> fields.stream().anyMatch(field -> !holder.path(field).isEmpty());
    }

    private static Stream<ObjectNode> devices(ObjectNode slice) {
        return structs(slice.path("spec").path("devices"));
    }

    private static Stream<ObjectNode> attributes(ObjectNode slice) {
        return devices(slice).flatMap(device -> structs(device.path("attributes")));
    }

    private static Stream<ObjectNode> structs(JsonNode holder) {
        return holder.values().stream().filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }
}
