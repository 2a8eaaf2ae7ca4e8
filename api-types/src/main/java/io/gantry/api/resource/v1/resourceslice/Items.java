package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.kind.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Checks of lists and maps as upstream's `validateSlice`, `validateSet` and `validateMap` do them: too
/// many of them end the look.
final class Items {
    private static final String ELLIPSIS = "...";

    /// What is wrong with one of them.
    interface Check<T> {
        void check(T item, String path, FieldErrors errors);
    }

    private Items() {}

    /// @return whether they were looked at one by one
    static <T> boolean list(List<T> items, int max, Check<T> check, String path, FieldErrors errors) {
        if (items.size() > max) {
            errors.tooMany(path, items.size(), max);
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            check.check(items.get(i), path + "[" + i + "]", errors);
        }
        return true;
    }

    /// A list whose items differ in their keys.
    static <T> void set(
            List<T> items, int max, Check<T> check, Function<T, String> key, String path, FieldErrors errors) {
        if (!list(items, max, check, path, errors)) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String own = key.apply(items.get(i));
            if (!seen.add(own)) {
                errors.duplicate(path + "[" + i + "]", own);
            }
        }
    }

    /// A map whose keys' faults are told of the map, and its values' of the entry.
    ///
    /// @param shownKey more characters of a key are left out of the path, in the middle
    static <T> void map(
            Map<String, T> items, int shownKey, Check<String> key, Check<T> check, String path, FieldErrors errors) {
        items.forEach((name, item) -> {
            key.check(name, path, errors);
            check.check(item, path + "[" + shortened(name, shownKey) + "]", errors);
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
