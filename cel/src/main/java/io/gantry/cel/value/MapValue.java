package io.gantry.cel.value;

import java.util.Collection;
import java.util.Optional;

/// A map, or an object whose fields are selected by name.
public interface MapValue {
    /// The value of a key; keys of numeric types are equal when their numbers are.
    Optional<Object> find(Object key);

    /// The keys, in order.
    Collection<Object> keys();

    int size();

    /// Whether it has fields rather than entries.
    default boolean isObject() {
        return false;
    }

    /// The name of its type.
    default String typeName() {
        return "map";
    }

    /// A key in the form in which equal numbers are equal objects.
    static Object normal(Object key) {
        return switch (key) {
            case Uint uint when uint.bits() >= 0 -> uint.bits();
            case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p63 -> number.longValue();
            default -> key;
        };
    }
}
