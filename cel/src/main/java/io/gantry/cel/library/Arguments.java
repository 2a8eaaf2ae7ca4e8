package io.gantry.cel.library;

import io.gantry.cel.value.CelError;
import java.util.List;

/// Arguments as the types that an overload wants.
final class Arguments {
    private Arguments() {}

    static <T> T as(Class<T> type, Object value) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw CelError.noSuchOverload();
    }

    static String text(Object value) {
        return as(String.class, value);
    }

    static long number(Object value) {
        return as(Long.class, value);
    }

    static boolean flag(Object value) {
        return as(Boolean.class, value);
    }

    static List<?> list(Object value) {
        return as(List.class, value);
    }
}
