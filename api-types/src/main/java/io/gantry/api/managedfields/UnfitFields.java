package io.gantry.api.managedfields;

import io.gantry.api.json.GoValues;
import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.MapSchema;
import io.gantry.api.schema.ScalarSchema;
import io.gantry.api.schema.Schema;
import io.gantry.api.schema.StructSchema;
import io.gantry.api.schema.annotation.ListType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What of a configuration does not fit its schema, in upstream's words for an apply, which name list items
/// by their keys (`structured-merge-diff/typed/validate.go`). One per call.
final class UnfitFields {
    private final List<String> errors = new ArrayList<>();

    private final boolean takesDuplicates;

    private UnfitFields(boolean takesDuplicates) {
        this.takesDuplicates = takesDuplicates;
    }

    /// One error as it is, several below each other; empty when an apply can tell nothing against it.
    static Optional<String> describe(StructSchema root, JsonNode configuration) {
        return new UnfitFields(false).of(root, configuration);
    }

    /// The same of an object that is stored, which may say items twice.
    static Optional<String> describeStored(StructSchema root, JsonNode object) {
        return new UnfitFields(true).of(root, object);
    }

    private Optional<String> of(StructSchema root, JsonNode tree) {
        walk(root, tree, "");
        return switch (errors.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(errors.getFirst());
            default -> Optional.of("errors:\n  " + String.join("\n  ", errors));
        };
    }

    private void walk(Schema schema, JsonNode node, String path) {
        if (node.isNull()) {
            return;
        }
        switch (schema) {
            case StructSchema struct when node.isObject() -> struct(struct, node, path);
            case StructSchema struct -> errors.add(path + ": expected map, got " + GoValues.shown(node));
            case MapSchema map
            when node.isObject() ->
                node.properties().forEach(entry -> walk(map.values(), entry.getValue(), path + "." + entry.getKey()));
            case MapSchema map -> errors.add(path + ": expected map, got " + GoValues.shown(node));
            case ListSchema list when node.isArray() -> items(list, node, path);
            case ListSchema list -> errors.add(path + ": expected list, got " + GoValues.shown(node));
            case ScalarSchema scalar -> scalar(scalar, node, path);
            default -> {}
        }
    }

    private void scalar(ScalarSchema scalar, JsonNode node, String path) {
        switch (scalar.type()) {
            case STRING, BYTES, TIME, MICRO_TIME -> {
                if (!node.isString()) {
                    errors.add(path + ": expected string, got &value.valueUnstructured{Value:" + GoValues.syntax(node)
                            + "}");
                }
            }
            case BOOLEAN -> {
                if (!node.isBoolean()) {
                    errors.add(path + ": expected boolean, got " + GoValues.shown(node));
                }
            }
            case INT32, INT64, INTEGER, NUMBER -> {
                if (!node.isNumber()) {
                    errors.add(path + ": expected numeric (int or float), got " + GoValues.type(node));
                }
            }
            case QUANTITY, INT_OR_STRING -> {
                if (node.isContainer()) {
                    errors.add(path + ": expected any scalar, got " + GoValues.shown(node));
                }
            }
        }
    }

    /// An item that cannot be named ends the list (upstream `visitListItems`).
    private void items(ListSchema list, JsonNode node, String path) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < node.size(); i++) {
            String element;
            try {
                element = element(list, node.get(i), i);
            } catch (IllegalArgumentException nameless) {
                errors.add(path + ": element " + i + ": " + nameless.getMessage());
                return;
            }
            if (!seen.add(element) && !takesDuplicates) {
                errors.add(path + ": duplicate entries for key " + PathElements.show(element));
            }
            walk(list.items(), node.get(i), path + PathElements.show(element));
        }
    }

    private void struct(StructSchema struct, JsonNode node, String path) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String below = path + "." + entry.getKey();
            var field = struct.field(entry.getKey());
            if (field != null) {
                walk(field.schema(), entry.getValue(), below);
            } else if (!struct.preservesUnknown() && !struct.declaresNothing()) {
                errors.add(below + ": field not declared in schema");
            }
        }
    }

    private static String element(ListSchema list, JsonNode item, int index) {
        return list.type() == ListType.Kind.ATOMIC ? "i:" + index : PathElements.item(list, item);
    }
}
