package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Lists with a limit and maps, with checks of their items (upstream `validateSlice`, `validateSet` and
/// `validateMap` of `pkg/apis/resource/validation`). The items of a list that is too long are not looked
/// at.
public final class Limited {
    /// A check of one item.
    public interface Check<T> {
        void run(T item, String path, FieldErrors errors);
    }

    private static final String ELLIPSIS = "...";

    private Limited() {}

    /// A list of at most `max` items.
    ///
    /// @return whether they were looked at one by one
    public static <T> boolean list(List<T> items, int max, Check<T> check, String path, FieldErrors errors) {
        if (items.size() > max) {
            errors.tooMany(path, items.size(), max);
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            check.run(items.get(i), path + "[" + i + "]", errors);
        }
        return true;
    }

    /// As [#list], of items whose keys differ; a key is told as it is.
    public static <T> void set(
            List<T> items, int max, Check<T> check, Function<T, ?> key, String path, FieldErrors errors) {
        if (!list(items, max, check, path, errors)) {
            return;
        }
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            Object own = key.apply(items.get(i));
            if (!seen.add(own)) {
                errors.duplicate(path + "[" + i + "]", own);
            }
        }
    }

    /// A map whose keys' faults are told of the map, and its values' of the entry.
    ///
    /// @param shownKey more characters of a key are left out of the path, in the middle
    public static <T> void map(
            Map<String, T> items, int shownKey, Check<String> key, Check<T> check, String path, FieldErrors errors) {
        items.forEach((name, item) -> {
            key.run(name, path, errors);
            check.run(item, path + "[" + shortened(name, shownKey) + "]", errors);
        });
    }

    private static String shortened(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int rest = max - ELLIPSIS.length();
        return text.substring(0, (rest + 1) / 2) + ELLIPSIS + text.substring(text.length() - rest / 2);
    }
}
