package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Fields that never change once set.
public final class Immutable {
    private Immutable() {}

    /// The new value must equal the old one.
    public static void check(@Nullable Object value, @Nullable Object old, String path, FieldErrors errors) {
        if (!Objects.equals(value, old)) {
            errors.invalid(path, value, "field is immutable");
        }
    }

    /// As [#check], where an absent value and an empty text, list or map are the same.
    public static void checkEmptyAsAbsent(
            @Nullable Object value, @Nullable Object old, String path, FieldErrors errors) {
        check(emptyToNull(value), emptyToNull(old), path, errors);
    }

    private static @Nullable Object emptyToNull(@Nullable Object value) {
        return switch (value) {
            case String text when text.isEmpty() -> null;
            case Collection<?> list when list.isEmpty() -> null;
            case Map<?, ?> map when map.isEmpty() -> null;
            case null, default -> value;
        };
    }
}
