package io.gantry.api.decode;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonGeneratorBase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object that is kept as its text until somebody looks into it: the fields of managers, half of many objects,
/// which most writes only carry on. Like any other object for whoever looks; copied and written as text before.
/// As thread-safe as other objects: readers may share it.
public final class UnreadObject extends ObjectNode {
    private static final long serialVersionUID = 1L;

    private final transient LazyFields fields;

    private UnreadObject(LazyFields fields) {
        super(JsonNodeFactory.instance, fields);
        this.fields = fields;
    }

    /// @param text an object with at least one field, as JSON in ASCII, known to be well-formed
    public static UnreadObject of(String text) {
        return new UnreadObject(new LazyFields(text));
    }

    /// The text of an object that nobody has looked into.
    public static Optional<String> text(JsonNode object) {
        return object instanceof UnreadObject unread ? Optional.ofNullable(unread.fields.text) : Optional.empty();
    }

    @Override
    public ObjectNode deepCopy() {
        String text = fields.text;
        return text == null ? super.deepCopy() : of(text);
    }

    @Override
    public void serialize(JsonGenerator json, SerializationContext context) {
        String text = fields.text;
        if (text != null && json instanceof JsonGeneratorBase) {
            json.writeRawValue(text);
        } else { // what is no text, such as a conversion to a record, needs the fields
            super.serialize(json, context);
        }
    }

    /// Equal texts are equal objects; nothing is said of others.
    @Override
    protected boolean _childrenEqual(ObjectNode other) {
        String text = fields.text;
        return text != null && other instanceof UnreadObject unread && text.equals(unread.fields.text)
                || super._childrenEqual(other);
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /// The fields, read at the first look.
    private static final class LazyFields extends AbstractMap<String, JsonNode> {
        private volatile @Nullable String text;
        private @Nullable Map<String, JsonNode> read;

        LazyFields(String text) {
            this.text = text;
        }

        private Map<String, JsonNode> read() {
            return text == null && read != null ? read : readNow();
        }

        private synchronized Map<String, JsonNode> readNow() {
            Map<String, JsonNode> known = read;
            if (known == null) {
                known = new LinkedHashMap<>();
                for (Entry<String, JsonNode> field : JsonTrees.trusted(
                                String.valueOf(text).getBytes(StandardCharsets.ISO_8859_1))
                        .properties()) {
                    known.put(field.getKey(), field.getValue());
                }
                read = known;
                text = null;
            }
            return known;
        }

        @Override
        public boolean isEmpty() {
            return text == null && read().isEmpty();
        }

        @Override
        public int size() {
            return read().size();
        }

        @Override
        public @Nullable JsonNode get(Object key) {
            return read().get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return read().containsKey(key);
        }

        @Override
        public @Nullable JsonNode put(String key, JsonNode value) {
            return read().put(key, value);
        }

        @Override
        public @Nullable JsonNode remove(Object key) {
            return read().remove(key);
        }

        @Override
        public void clear() {
            read().clear();
        }

        @Override
        public Set<String> keySet() {
            return read().keySet();
        }

        @Override
        public Set<Entry<String, JsonNode>> entrySet() {
            return read().entrySet();
        }
    }
}
