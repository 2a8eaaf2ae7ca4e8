package io.gantry.api.patch;

import io.gantry.api.StatusException;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// A field of an object or an element of a list, there or not. What is wrong is worded as upstream's library
/// (`evanphx/json-patch` 4) words it, inside what the operation says around it: the parameter `around` of each method.
///
/// @param holder an object or a list
/// @param key a field's name or an index; one below zero counts from the end
record JsonPlace(JsonNode holder, String key) {
    /// The value; null where an object has no such field.
    ///
    /// @throws StatusException 422 when a list has no such element
    JsonNode get(UnaryOperator<String> around) {
        if (holder instanceof ArrayNode list) {
            return list.get(index(list, list.size() - 1, around));
        }
        JsonNode value = holder.get(key);
        return value == null ? NullNode.getInstance() : value;
    }

    /// Sets a field or inserts an element; `-` stands behind the last one.
    ///
    /// @throws StatusException 422 when a list has no such place
    void add(JsonNode value, UnaryOperator<String> around) {
        if (!(holder instanceof ArrayNode list)) {
            ((ObjectNode) holder).set(key, value);
        } else if (key.equals("-")) {
            list.add(value);
        } else {
            UnaryOperator<String> words = number().isPresent()
                    ? around
                    : why -> around.apply("value was not a proper array index: '" + key + "': " + why);
            list.insert(indexToAdd(list, words), value);
        }
    }

    /// Sets a field, there or not, or an element that is there.
    ///
    /// @throws StatusException 422 when a list has no such element
    void set(JsonNode value, UnaryOperator<String> around) {
        if (holder instanceof ArrayNode list) {
            list.set(index(list, list.size() - 1, around), value);
        } else {
            ((ObjectNode) holder).set(key, value);
        }
    }

    /// @throws StatusException 422 when it is not there
    void remove(UnaryOperator<String> around) {
        if (holder instanceof ArrayNode list) {
            list.remove(index(list, list.size() - 1, around));
        } else if (((ObjectNode) holder).remove(key) == null) {
            throw PatchException.doesNotApply(
                    around.apply("Unable to remove nonexistent key: " + key + ": missing value"));
        }
    }

    /// The element of a list, or a missing node.
    static JsonNode element(ArrayNode list, String key) {
        OptionalInt number = new JsonPlace(list, key).number();
        if (number.isEmpty()) {
            return MissingNode.getInstance();
        }
        return list.path(position(list, number.getAsInt()));
    }

    private static int position(ArrayNode list, int number) {
        return number < 0 ? number + list.size() : number;
    }

    /// Below zero it counts from behind the last element, where one more can be.
    private int indexToAdd(ArrayNode list, UnaryOperator<String> around) {
        int number = number().orElse(0);
        return number < 0 && number >= -list.size() - 1 ? number + list.size() + 1 : index(list, list.size(), around);
    }

    private int index(ArrayNode list, int max, UnaryOperator<String> around) {
        OptionalInt number = number();
        if (number.isEmpty()) {
            throw PatchException.doesNotApply(around.apply("strconv.Atoi: parsing \"" + key + "\": invalid syntax"));
        }
        int index = position(list, number.getAsInt());
        if (index < 0 || index > max) {
            throw PatchException.doesNotApply(around.apply(
                    "Unable to access invalid index: " + number.getAsInt() + ": invalid index referenced"));
        }
        return index;
    }

    private OptionalInt number() {
        try {
            return OptionalInt.of(Integer.parseInt(key));
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }
}
