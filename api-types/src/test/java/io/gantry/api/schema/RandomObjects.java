package io.gantry.api.schema;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes objects that fit a schema, the same for the same seed.
final class RandomObjects {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 7;
    private static final int MAX_ELEMENTS = 3;

    private final Random random;

    RandomObjects(long seed) {
        this.random = new Random(seed);
    }

    ObjectNode object(ResourceSchema schema) {
        ObjectNode object = struct(schema.root(), 0);
        object.put("apiVersion", schema.apiVersion());
        object.put("kind", schema.kind());
        return object;
    }

    private ObjectNode struct(StructSchema schema, int depth) {
        ObjectNode object = JSON.objectNode();
        for (Field field : schema.fields().values()) {
            boolean wanted = field.required() || random.nextInt(3) == 0;
            if (wanted && depth < MAX_DEPTH && !field.name().equals("managedFields")) {
                object.set(field.name(), value(field.schema(), depth + 1));
            }
        }
        return object;
    }

    private JsonNode value(Schema schema, int depth) {
        return switch (schema) {
            case StructSchema struct -> struct(struct, depth);
            case MapSchema map -> {
                ObjectNode object = JSON.objectNode();
                for (int i = 0; i <= random.nextInt(MAX_ELEMENTS); i++) {
                    object.set("key" + i, value(map.values(), depth + 1));
                }
                yield object;
            }
            case ListSchema list -> {
                ArrayNode array = JSON.arrayNode();
                for (int i = 0; i <= random.nextInt(MAX_ELEMENTS); i++) {
                    JsonNode item = value(list.items(), depth + 1);
                    if (item instanceof ObjectNode object && list.items() instanceof StructSchema struct) {
                        addKeys(list, struct, object);
                    }
                    array.add(item);
                }
                yield array;
            }
            case ScalarSchema scalar -> scalar(scalar);
            case AnySchema any -> JSON.objectNode().put("any", random.nextInt(9));
        };
    }

    private void addKeys(ListSchema list, StructSchema struct, ObjectNode item) {
        for (String key : list.keys()) {
            Field field = struct.field(key);
            if (field != null && !item.has(key)) {
                item.set(key, value(field.schema(), MAX_DEPTH));
            }
        }
    }

    private JsonNode scalar(ScalarSchema schema) {
        if (!schema.allowed().isEmpty()) {
            return JSON.stringNode(
                    schema.allowed().get(random.nextInt(schema.allowed().size())));
        }
        return switch (schema.type()) {
            case STRING -> JSON.stringNode("text" + random.nextInt(1000));
            case BOOLEAN -> JSON.booleanNode(random.nextInt(4) > 0);
            case INT32 -> JSON.numberNode(random.nextInt(-5, 100_000));
            case INT64, INTEGER -> JSON.numberNode(random.nextLong(-5, 100_000_000_000L));
            case NUMBER -> JSON.numberNode(random.nextInt(1, 100) + 0.5);
            case BYTES -> JSON.stringNode("YWJj");
            case TIME -> JSON.stringNode(time().toString());
            case MICRO_TIME -> JSON.stringNode(GoTimes.micros(time()));
            case QUANTITY ->
                JSON.stringNode(List.of("1", "100m", "0.5", "1024Mi", "3Gi", "1000", "1e3", "12345678", "1.5Gi", "0")
                        .get(random.nextInt(10)));
            case INT_OR_STRING -> random.nextBoolean() ? JSON.numberNode(random.nextInt(99)) : JSON.stringNode("25%");
        };
    }

    private Instant time() {
        return Instant.ofEpochSecond(random.nextLong(2_000_000_000L));
    }
}
