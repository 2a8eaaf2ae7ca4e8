package io.gantry.apiserver.watch;

import java.util.function.Predicate;

/// Which objects of a resource somebody wants.
///
/// @param prefix of the key: `namespace/`, or empty for all
/// @param matches the selectors
/// @param selective false when `matches` takes everything
public record Selection(String prefix, Predicate<CachedObject> matches, boolean selective) {
    public static Selection all() {
        return new Selection("", object -> true, false);
    }

    public boolean test(CachedObject object) {
        return object.key().startsWith(prefix) && (!selective || matches.test(object));
    }
}
