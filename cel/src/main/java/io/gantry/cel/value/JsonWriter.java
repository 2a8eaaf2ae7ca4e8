package io.gantry.cel.value;

import com.google.protobuf.ByteString;
import io.gantry.api.Json;
import io.gantry.cel.type.FieldNames;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes CEL values as JSON.
public final class JsonWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonWriter() {}

    /// @throws CelError for values that JSON cannot hold
    public static JsonNode write(Object value) {
        return switch (value) {
            case CelNull ignored -> NODES.nullNode();
            case Boolean flag -> NODES.booleanNode(flag);
            case Long number -> NODES.numberNode(number.longValue());
            case Uint number -> NODES.numberNode(new BigInteger(number.toString()));
            case Double number -> NODES.numberNode(number.doubleValue());
            case String text -> NODES.stringNode(text);
            case ByteString bytes -> NODES.stringNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Instant time -> NODES.stringNode(time.toString());
            case Duration duration -> NODES.stringNode(CelDuration.text(duration));
            case JsonMap map when !map.isObject() -> map.node().deepCopy();
            case List<?> list -> array(list);
            case MapValue map -> object(map);
            case Optional<?> optional when optional.isPresent() -> write(optional.get());
            default -> throw new CelError("unsupported conversion of type " + Values.typeName(value) + " to JSON");
        };
    }

    private static ArrayNode array(List<?> list) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        list.forEach(element -> array.add(write(element)));
        return array;
    }

    private static ObjectNode object(MapValue map) {
        ObjectNode object = Json.MAPPER.createObjectNode();
        for (Object key : map.keys()) {
            if (!(key instanceof String name)) {
                throw new CelError("unsupported map key of type " + Values.typeName(key));
            }
            object.set(
                    map instanceof JsonMap json && json.isObject() ? FieldNames.unescape(name) : name,
                    write(map.find(key).orElse(CelNull.NULL)));
        }
        return object;
    }
}
