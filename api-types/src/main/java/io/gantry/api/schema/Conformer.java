package io.gantry.api.schema;

import io.gantry.api.Json;
import io.gantry.api.json.GoNumbers;
import io.gantry.api.kind.FieldErrors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// One walk over a decoded tree that does what Go's decoding into typed structs does: types are checked, unknown fields
/// dropped and reported, nulls removed, scalars written canonically. Below the fields of a custom resource types are
/// left to validation and scalars as they are. One per call.
final class Conformer {
    private static final int MAX_STRICT_ERRORS = 100;

    private final PathStack path = new PathStack();
    private final List<UnknownField> unknown = new ArrayList<>();
    private final boolean keepsZeros;
    private final boolean keepsNulls;
    private String owner = "";
    private boolean customRoot;
    private boolean custom;

    /// @param keepsZeros whether zeros, nulls and empty containers stay, as in a configuration to be applied
    /// @param keepsNulls whether nulls stay in custom resources, for their validation
    Conformer(boolean keepsZeros, boolean keepsNulls) {
        this.keepsZeros = keepsZeros;
        this.keepsNulls = keepsNulls;
    }

    /// Changes `object` in place.
    ///
    /// @return the fields that are not known, in the order of the tree
    /// @throws DecodeException when a value does not fit its type
    List<UnknownField> conform(StructSchema root, ObjectNode object) {
        customRoot = root.name().isEmpty();
        struct(root, object);
        return unknown;
    }

    /// The value to keep in place of `node`, null to drop it.
    private @Nullable JsonNode value(Schema schema, JsonNode node) {
        return switch (schema) {
            case ScalarSchema scalar -> scalar(scalar, node);
            case StructSchema struct -> structOrElse(struct, node);
            case MapSchema map -> map(map, node);
            case ListSchema list -> list(list, node);
            case AnySchema any -> any(any, node);
        };
    }

    private JsonNode any(AnySchema schema, JsonNode node) {
        if (!custom) {
            return node;
        }
        return schema.pruned() ? bare(node) : GoNumbers.canonical(node);
    }

    private JsonNode scalar(ScalarSchema schema, JsonNode node) {
        if (custom) {
            return schema.preservesUnknown() ? GoNumbers.canonical(node) : bare(node);
        }
        JsonNode canonical = Scalars.canonical(schema.type(), node);
        if (canonical == null) {
            throw mismatch(schema, node);
        }
        return keepsZeros && isWrittenInManyWays(schema) ? node : canonical;
    }

    /// An apply is compared by its letters: `1024Mi` over a stored `1Gi` is a change, and a conflict where
    /// somebody else owns it.
    private static boolean isWrittenInManyWays(ScalarSchema schema) {
        return switch (schema.type()) {
            case QUANTITY, TIME, MICRO_TIME -> true;
            case STRING, BYTES, BOOLEAN, INT32, INT64, INTEGER, NUMBER, INT_OR_STRING -> false;
        };
    }

    private JsonNode structOrElse(StructSchema schema, JsonNode node) {
        if (node instanceof ObjectNode object) {
            struct(schema, object);
        } else if (!custom) {
            throw mismatch(schema, node);
        } else if (!schema.preservesUnknown()) {
            return bare(node);
        }
        return node;
    }

    /// What no schema describes: objects lose their fields, also those in lists (upstream's
    /// `schema/pruning/algorithm.go` without a schema). In a configuration that is applied they are owned first.
    private JsonNode bare(JsonNode node) {
        if (keepsZeros) {
            return GoNumbers.canonical(node);
        }
        if (node instanceof ObjectNode object) {
            for (String name : object.propertyNames()) {
                path.push(name);
                report();
                path.pop();
            }
            object.removeAll();
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                path.push(i);
                array.set(i, bare(array.get(i)));
                path.pop();
            }
        }
        return GoNumbers.canonical(node);
    }

    private void struct(StructSchema schema, ObjectNode object) {
        if (isMetadataInside(schema)) {
            checkTypes(schema, object);
        }
        String outerOwner = owner;
        boolean outerCustom = custom;
        owner = schema.name();
        custom = owner.isEmpty();
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            Field field = schema.field(entry.getKey());
            path.push(entry.getKey());
            if (field == null) {
                unknownField(schema, entry, entries);
            } else {
                field(field, entry, entries);
            }
            path.pop();
        }
        owner = outerOwner;
        custom = outerCustom;
    }

    private boolean isMetadataInside(StructSchema schema) {
        return customRoot && custom && !schema.name().isEmpty() && path.steps().size() > 1;
    }

    /// What does not fit in the metadata of an object inside a custom resource is told as of a field of its own
    /// (upstream `schema/objectmeta/coerce.go`).
    private void checkTypes(StructSchema schema, ObjectNode metadata) {
        try {
            new Conformer(false, false).conform(schema, metadata.deepCopy());
        } catch (DecodeException misfit) {
            FieldErrors errors = new FieldErrors();
            errors.invalid(
                    path.bracketed(),
                    Json.MAPPER.treeToValue(metadata, Object.class),
                    String.valueOf(misfit.getMessage()));
            throw new DecodeException(errors.all().getFirst().toString());
        }
    }

    private void unknownField(
            StructSchema schema, Map.Entry<String, JsonNode> entry, Iterator<Map.Entry<String, JsonNode>> entries) {
        if (!schema.preservesUnknown() && !(keepsZeros && schema.declaresNothing())) {
            report();
            entries.remove();
        } else if (custom) {
            entry.setValue(GoNumbers.canonical(entry.getValue()));
        }
    }

    private void report() {
        if (unknown.size() < MAX_STRICT_ERRORS) {
            List<Object> steps = path.steps();
            boolean embedded = customRoot && !custom && !steps.getFirst().equals("metadata");
            unknown.add(new UnknownField(steps, embedded ? path.bracketed() : path.dotted(), custom));
        }
    }

    private void field(Field field, Map.Entry<String, JsonNode> entry, Iterator<Map.Entry<String, JsonNode>> entries) {
        JsonNode before = entry.getValue();
        if (before.isNull()) {
            if (!field.nullable() && !(custom ? keepsNulls : keepsZeros)) {
                entries.remove();
            }
            return;
        }
        JsonNode after = value(field.schema(), before);
        if (after == null || !custom && !keepsZeros && isDropped(field, after)) {
            entries.remove();
        } else if (!custom && !keepsZeros && field.nullable() && after.isContainer() && after.isEmpty()) {
            entry.setValue(NullNode.getInstance());
        } else if (!after.equals(before)) {
            entry.setValue(after);
        }
    }

    /// What Go leaves out when it writes: empty lists and maps, and zeros of fields that are no pointers.
    private static boolean isDropped(Field field, JsonNode value) {
        if (field.required() || field.nullable() || field.name().equals("managedFields")) {
            return false;
        }
        return switch (field.schema()) {
            case ListSchema list -> value.isEmpty();
            case MapSchema map -> value.isEmpty();
            case ScalarSchema scalar -> field.zeroIsAbsent() && isZero(scalar, value);
            case StructSchema struct -> false;
            case AnySchema any -> false;
        };
    }

    private static boolean isZero(ScalarSchema scalar, JsonNode value) {
        return switch (scalar.type()) {
            case STRING, BYTES -> value.isString() && value.stringValue().isEmpty();
            case BOOLEAN -> !value.asBoolean(true);
            case INT32, INT64, INTEGER, NUMBER -> value.isNumber() && value.doubleValue() == 0;
            case TIME, MICRO_TIME, QUANTITY, INT_OR_STRING -> false;
        };
    }

    private JsonNode map(MapSchema schema, JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            if (custom) {
                return bare(node);
            }
            throw mismatch(schema, node);
        }
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            JsonNode before = entry.getValue();
            if (custom && before.isNull() && !keepsNulls && !schema.nullable()) {
                entries.remove();
                continue;
            }
            path.push(entry);
            JsonNode after = before.isNull() ? forNull(schema.values(), before) : value(schema.values(), before);
            if (after == null) {
                entries.remove();
            } else if (!after.equals(before)) {
                entry.setValue(after);
            }
            path.pop();
        }
        return node;
    }

    private JsonNode list(ListSchema schema, JsonNode node) {
        if (!(node instanceof ArrayNode array)) {
            if (custom) {
                return bare(node);
            }
            throw mismatch(schema, node);
        }
        for (int i = 0; i < array.size(); i++) {
            JsonNode before = array.get(i);
            if (keepsZeros && before.isNull() && !schema.atomic()) {
                throw new DecodeException("null in an associative list");
            }
            path.push(i);
            JsonNode after = before.isNull() ? forNull(schema.items(), before) : value(schema.items(), before);
            path.pop();
            if (after != null && !after.equals(before)) {
                array.set(i, after);
            }
        }
        return node;
    }

    /// What a null element becomes: Go's zero value.
    private @Nullable JsonNode forNull(Schema schema, JsonNode node) {
        if (custom) {
            return node;
        }
        return switch (schema) {
            case StructSchema struct -> JsonNodeFactory.instance.objectNode();
            case ScalarSchema scalar ->
                switch (scalar.type()) {
                    case STRING, BYTES -> StringNode.valueOf("");
                    case QUANTITY -> StringNode.valueOf("0");
                    case BOOLEAN -> JsonNodeFactory.instance.booleanNode(false);
                    case INT32, INT64, INTEGER, NUMBER, INT_OR_STRING -> IntNode.valueOf(0);
                    case TIME, MICRO_TIME -> node;
                };
            case MapSchema map -> node;
            case ListSchema list -> node;
            case AnySchema any -> node;
        };
    }

    private DecodeException mismatch(Schema schema, JsonNode node) {
        String where = owner + "." + path.names();
        return new DecodeException("json: cannot unmarshal " + shown(schema, node) + " into Go struct field " + where
                + " of type " + schema.goType());
    }

    private static String shown(Schema schema, JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case ARRAY -> "array";
            case NUMBER -> takesNumbers(schema) ? "number " + node : "number";
            default -> "object";
        };
    }

    private static boolean takesNumbers(Schema schema) {
        return schema instanceof ScalarSchema scalar
                && switch (scalar.type()) {
                    case INT32, INT64, INTEGER, NUMBER -> true;
                    default -> false;
                };
    }
}
