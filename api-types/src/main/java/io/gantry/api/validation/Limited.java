package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Lists with a limit and checks of their items (upstream `validateSlice` and `validateSet` of
/// `pkg/apis/resource/validation`). The items of a list that is too long are not looked at.
public final class Limited {
    /// A check of one item.
    public interface Check<T> {
        void run(T item, String path, FieldErrors errors);
    }

    private Limited() {}

    /// A list of at most `max` items.
    public static <T> void list(List<T> items, int max, Check<T> check, String path, FieldErrors errors) {
        if (items.size() > max) {
            errors.tooMany(path, items.size(), max);
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            check.run(items.get(i), path + "[" + i + "]", errors);
        }
    }

    /// As [#list], of items whose keys differ; a key is told as it is.
    public static <T> void set(
            List<T> items, int max, Check<T> check, Function<T, ?> key, String path, FieldErrors errors) {
        list(items, max, check, path, errors);
        if (items.size() > max) {
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
}
