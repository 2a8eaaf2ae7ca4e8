package io.gantry.apiserver.watch;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which objects of a resource somebody wants.
///
/// @param prefix of the key: `namespace/`, or empty for all
/// @param matches the selectors
/// @param selective false when `matches` takes everything
/// @param demands what `matches` takes has all of these
public record Selection(String prefix, Predicate<CachedObject> matches, boolean selective, List<Demand> demands) {
    public Selection {
        demands = List.copyOf(demands);
    }

    public Selection(String prefix, Predicate<CachedObject> matches, boolean selective) {
        this(prefix, matches, selective, List.of());
    }

    public static Selection all() {
        return new Selection("", object -> true, false);
    }

    public boolean test(CachedObject object) {
        return object.key().startsWith(prefix) && (!selective || matches.test(object));
    }

    /// The field with its one value that tells most apart, if there is one: `spec.nodeName` of a kubelet's watch.
    Optional<Demand> trigger() {
        return demands.stream()
                .filter(demand -> !demand.label() && demand.values().size() == 1)
                .findFirst();
    }
}
