package io.gantry.api.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gantry.api.Json;
import io.gantry.api.meta.v1.ManagedFieldsEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An object that nobody has read is like one that was.
final class UnreadObjectTest {
    private static final String TEXT = "{\"f:b\":{\"f:c\":{}},\"f:a\":{}}";

    private final ObjectNode unread = UnreadObject.of(TEXT);
    private final JsonNode read = Json.MAPPER.readTree(TEXT);

    @Test
    void isCopiedComparedAndWrittenAsText() {
        ObjectNode holder = Json.MAPPER.createObjectNode();
        holder.set("fields", unread);
        ObjectNode copy = holder.deepCopy();
        assertEquals(holder, copy);
        assertEquals("{\"fields\":" + TEXT + "}", Json.MAPPER.writeValueAsString(holder));
        assertFalse(unread.isEmpty());
        assertEquals(Optional.of(TEXT), UnreadObject.text(unread));
        assertEquals(Optional.of(TEXT), UnreadObject.text(copy.get("fields")));
    }

    @Test
    void isReadWhenSomebodyLooks() {
        assertEquals(read, unread);
        assertEquals(Optional.empty(), UnreadObject.text(unread));
        assertEquals(unread, UnreadObject.of(TEXT));
        assertEquals(read.hashCode(), UnreadObject.of(TEXT).hashCode());
        assertEquals(List.of("f:b", "f:a"), List.copyOf(UnreadObject.of(TEXT).propertyNames()));
        assertEquals(read.get("f:b"), UnreadObject.of(TEXT).get("f:b"));
        assertEquals(2, UnreadObject.of(TEXT).size());
        assertEquals(TEXT, UnreadObject.of(TEXT).toString());
        assertEquals(UnreadObject.of("{\"f:a\":{},\"f:b\":{\"f:c\":{}}}"), UnreadObject.of(TEXT));
        assertNotEquals(UnreadObject.of("{\"f:a\":{}}"), UnreadObject.of(TEXT));
    }

    @Test
    void isConvertedFieldByField() {
        ObjectNode holder = Json.MAPPER.createObjectNode();
        holder.set("fieldsV1", unread);
        assertEquals(read, Json.MAPPER.<JsonNode>valueToTree(holder).get("fieldsV1"));
        holder.set("fieldsV1", UnreadObject.of(TEXT));
        assertEquals(read, Json.MAPPER.convertValue(holder, JsonNode.class).get("fieldsV1"));
        holder.set("fieldsV1", UnreadObject.of(TEXT));
        ManagedFieldsEntry entry = Json.MAPPER.convertValue(holder, ManagedFieldsEntry.class);
        assertEquals("{\"fieldsV1\":" + TEXT + "}", Json.MAPPER.writeValueAsString(entry));
    }

    @Test
    void canBeChanged() {
        ObjectNode copy = unread.deepCopy();
        copy.remove("f:b");
        copy.putObject("f:d");
        assertEquals("{\"f:a\":{},\"f:d\":{}}", Json.MAPPER.writeValueAsString(copy));
        assertEquals("{\"f:a\":{},\"f:d\":{}}", Json.MAPPER.writeValueAsString(copy.deepCopy()));
        assertEquals(TEXT, Json.MAPPER.writeValueAsString(unread));
        copy.removeAll();
        assertEquals("{}", Json.MAPPER.writeValueAsString(copy));
    }
}
