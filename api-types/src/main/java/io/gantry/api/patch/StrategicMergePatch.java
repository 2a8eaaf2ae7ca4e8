package io.gantry.api.patch;

import io.gantry.api.StatusException;
import io.gantry.api.json.GoValues;
import io.gantry.api.schema.AnySchema;
import io.gantry.api.schema.Field;
import io.gantry.api.schema.ListSchema;
import io.gantry.api.schema.MapSchema;
import io.gantry.api.schema.MergeStrategy;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.ScalarSchema;
import io.gantry.api.schema.Schema;
import io.gantry.api.schema.StructSchema;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Strategic merge patch with all its directives (upstream `k8s.io/apimachinery/pkg/util/strategicpatch`): `$patch`,
/// `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`. Built-in kinds only.
public final class StrategicMergePatch {
    static final String DIRECTIVE = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList";
    private static final String SET_ORDER = "$setElementOrder";

    private StrategicMergePatch() {}

    /// Applies `patch` to `original`. Both may be changed; use only the result.
    ///
    /// @throws StatusException 415 for a custom resource, 400 when the patch is malformed
    public static ObjectNode apply(ResourceSchema schema, ObjectNode original, ObjectNode patch) {
        if (schema.custom()) {
            throw StatusException.unsupportedMediaType("the body of the request was in an unknown format - accepted"
                    + " media types include: application/json-patch+json, application/merge-patch+json,"
                    + " application/apply-patch+yaml");
        }
        return mergeMap(original, patch, schema.root());
    }

    private static ObjectNode mergeMap(ObjectNode original, ObjectNode patch, Schema schema) {
        JsonNode directive = patch.get(DIRECTIVE);
        if (directive != null) {
            return wholeMap(directive, patch);
        }
        retainKeys(original, patch);
        orderLists(original, patch, schema);
        for (Map.Entry<String, JsonNode> entry : Set.copyOf(patch.properties())) {
            mergeField(original, entry.getKey(), entry.getValue(), schema);
        }
        return original;
    }

    private static ObjectNode wholeMap(JsonNode directive, ObjectNode patch) {
        return switch (directive.asString("")) {
            case "replace" -> {
                patch.remove(DIRECTIVE);
                yield patch;
            }
            case "delete" -> JsonNodeFactory.instance.objectNode();
            default -> throw badDirective(directive, patch);
        };
    }

    static StatusException badDirective(JsonNode directive, JsonNode patch) {
        return PatchException.unmergeable(
                "unknown patch type: " + directive.asString("") + " in map: " + GoValues.plain(patch));
    }

    private static void retainKeys(ObjectNode original, ObjectNode patch) {
        JsonNode list = patch.remove(RETAIN_KEYS);
        if (list == null) {
            return;
        }
        Set<String> retained = new HashSet<>();
        if (!list.isArray()) {
            throw PatchException.malformed("invalid patch format of retainKeys");
        }
        list.values().forEach(key -> retained.add(key.asString("")));
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String key = entry.getKey();
            boolean isDirective = key.startsWith(DELETE_FROM) || key.startsWith(SET_ORDER);
            if (!entry.getValue().isNull() && !isDirective && !retained.contains(key)) {
                throw PatchException.malformed("invalid patch format of retainKeys");
            }
        }
        original.properties().removeIf(entry -> !retained.contains(entry.getKey()));
    }

    private static void orderLists(ObjectNode original, ObjectNode patch, Schema schema) {
        for (String key : List.copyOf(patch.propertyNames())) {
            if (key.startsWith(SET_ORDER)) {
                orderList(original, patch, key, patch.remove(key), schema);
            }
        }
    }

    private static void orderList(ObjectNode original, ObjectNode patch, String key, JsonNode order, Schema schema) {
        ArrayNode wanted = list(order);
        String name = named(key, SET_ORDER, "setElementOrder list");
        if (original.has(name)) {
            list(original.get(name));
        }
        if (patch.has(name)) {
            list(patch.get(name));
        }
        requireKnown(schema, name);
        MergeStrategy strategy = strategy(schema, name);
        JsonNode before = original.get(name);
        JsonNode changes = patch.get(name);
        ArrayNode changed = changes instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
        ElementOrder.requireSame(changed, wanted, strategy.mergeKey());
        ArrayNode merged;
        if (before instanceof ArrayNode old) {
            int oldSize = old.size();
            merged = changes == null ? old : mergedList(old, changed, items(schema, name), strategy, false);
            original.set(name, ElementOrder.of(merged, wanted, firstOf(old, oldSize), strategy.mergeKey()));
        } else if (changes != null) {
            Directives.discardNulls(changed);
            merged = (ArrayNode) Directives.strip(changed);
            original.set(name, ElementOrder.of(merged, wanted, changed, strategy.mergeKey()));
        }
        patch.remove(name);
    }

    private static ArrayNode list(JsonNode value) {
        if (value instanceof ArrayNode list) {
            return list;
        }
        String type = value.isNull() ? "%!s(<nil>)" : GoValues.type(value);
        throw PatchException.unmergeable("expected a []interface {}, but received a " + type);
    }

    /// The field that a directive names after its slash.
    private static String named(String key, String directive, String what) {
        if (!key.startsWith(directive + "/")) {
            throw PatchException.malformed("invalid patch format of " + what);
        }
        return key.substring(directive.length() + 1);
    }

    private static void requireKnown(Schema schema, String name) {
        if (schema instanceof StructSchema struct && struct.field(name) == null) {
            String type = struct.goType();
            throw PatchException.unmergeable("unable to find api field in struct "
                    + type.substring(type.lastIndexOf('.') + 1) + " for the json field \"" + name + "\"");
        }
    }

    /// The server's order as upstream sees it: where elements were deleted, added ones have taken their places in the
    /// list.
    private static ArrayNode firstOf(ArrayNode list, int count) {
        ArrayNode first = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < Math.min(count, list.size()); i++) {
            first.add(list.get(i));
        }
        return first;
    }

    private static void mergeField(ObjectNode original, String patchKey, JsonNode patch, Schema schema) {
        boolean deletes = patchKey.startsWith(DELETE_FROM);
        String key = deletes ? named(patchKey, DELETE_FROM, "primitive list") : patchKey;
        if (patch.isNull()) {
            original.remove(key);
            return;
        }
        JsonNode before = original.get(key);
        if (before instanceof ObjectNode object && patch instanceof ObjectNode changes) {
            boolean replaces = strategy(schema, key).replace();
            original.set(key, replaces ? changes : mergeMap(object, changes, child(schema, key)));
        } else if (before instanceof ArrayNode list && patch instanceof ArrayNode changes) {
            MergeStrategy strategy = strategy(schema, key);
            original.set(key, mergedList(list, changes, items(schema, key), strategy, deletes));
        } else if (!deletes) {
            take(original, key, patch);
        }
    }

    /// What is new is taken without its directives and nulls.
    private static void take(ObjectNode original, String key, JsonNode patch) {
        Directives.discardNulls(patch);
        if (Directives.isDirective(patch)) {
            original.remove(key);
        } else {
            original.set(key, Directives.strip(patch));
        }
    }

    private static ArrayNode mergedList(
            ArrayNode original, ArrayNode patch, Schema items, MergeStrategy strategy, boolean deletes) {
        return strategy.merge() || deletes ? mergeSlice(original, patch, items, strategy, deletes) : patch;
    }

    private static ArrayNode mergeSlice(
            ArrayNode original, ArrayNode patch, Schema items, MergeStrategy strategy, boolean deletes) {
        if (original.isEmpty() && patch.isEmpty()) {
            return original;
        }
        if (!areMaps(original, patch)) {
            return mergeScalars(original, patch, deletes);
        }
        if (strategy.mergeKey().isEmpty()) {
            throw PatchException.unmergeable("cannot merge lists without merge key for " + items.goType());
        }
        return KeyedLists.merge(original, patch, strategy.mergeKey(), (old, change) -> mergeMap(old, change, items));
    }

    /// Whether the elements of two lists are maps; all must be of one type (upstream `sliceElementType`).
    private static boolean areMaps(ArrayNode original, ArrayNode patch) {
        JsonNode first = (original.isEmpty() ? patch : original).get(0);
        if (first.isArray()) {
            throw PatchException.listOfLists();
        }
        String type = GoValues.type(first);
        if (Stream.concat(original.valueStream(), patch.valueStream())
                .anyMatch(element -> !GoValues.type(element).equals(type))) {
            throw PatchException.unmergeable("list element types are not identical: [" + GoValues.plain(original) + " "
                    + GoValues.plain(patch) + "]");
        }
        return first.isObject();
    }

    private static ArrayNode mergeScalars(ArrayNode original, ArrayNode patch, boolean deletes) {
        Set<JsonNode> values = new LinkedHashSet<>(original.values());
        if (deletes) {
            patch.values().forEach(values::remove);
            return JsonNodeFactory.instance.arrayNode().addAll(values);
        }
        values.addAll(patch.values());
        ArrayNode merged = JsonNodeFactory.instance.arrayNode().addAll(values);
        return ElementOrder.of(merged, patch, original, "");
    }

    private static MergeStrategy strategy(Schema schema, String key) {
        if (schema instanceof StructSchema struct) {
            Field field = struct.field(key);
            return field == null ? MergeStrategy.NONE : field.merge();
        }
        return MergeStrategy.NONE;
    }

    private static Schema child(Schema schema, String key) {
        return switch (schema) {
            case StructSchema struct -> {
                Field field = struct.field(key);
                yield field == null ? AnySchema.ATOMIC : field.schema();
            }
            case MapSchema map -> map.values();
            case ListSchema list -> list.items();
            case ScalarSchema scalar -> AnySchema.ATOMIC;
            case AnySchema any -> any;
        };
    }

    private static Schema items(Schema schema, String key) {
        return child(schema, key) instanceof ListSchema list ? list.items() : AnySchema.ATOMIC;
    }
}
