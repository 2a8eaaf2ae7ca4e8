package io.gantry.api.validation;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Small edits of trees that defaults need.
public final class Trees {
    private Trees() {}

    /// Whether a field is absent, null or an empty text.
    public static boolean unset(JsonNode object, String field) {
        JsonNode node = object.path(field);
        return node.isMissingNode()
                || node.isNull()
                || (node.isString() && node.stringValue().isEmpty());
    }

    /// Sets a text where the field is absent, for what is a pointer upstream: an empty one is a value.
    public static void defaultPointer(ObjectNode object, String field, String value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }

    /// Sets a text where the field is unset.
    public static void defaultText(ObjectNode object, String field, String value) {
        if (unset(object, field)) {
            object.put(field, value);
        }
    }

    /// Sets a number where the field is unset, in the Java type in which it is read again.
    public static void defaultNumber(ObjectNode object, String field, long value) {
        if (unset(object, field)) {
            if (value == (int) value) {
                object.put(field, (int) value);
            } else {
                object.put(field, value);
            }
        }
    }

    /// Sets a truth value where the field is unset.
    public static void defaultBoolean(ObjectNode object, String field, boolean value) {
        if (unset(object, field)) {
            object.put(field, value);
        }
    }

    /// The object in a field, made where it is unset.
    public static ObjectNode child(ObjectNode object, String field) {
        return object.path(field) instanceof ObjectNode present ? present : object.putObject(field);
    }

    /// The object in a field, where it is one.
    public static Optional<ObjectNode> object(JsonNode parent, String field) {
        return parent.path(field) instanceof ObjectNode present ? Optional.of(present) : Optional.empty();
    }

    /// Makes a field as it was: the old value, or absent.
    public static void restore(ObjectNode object, ObjectNode old, String field) {
        if (old.has(field)) {
            object.set(field, old.get(field));
        } else {
            object.remove(field);
        }
    }
}
