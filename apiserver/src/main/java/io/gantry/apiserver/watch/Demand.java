package io.gantry.apiserver.watch;

import java.util.List;

/// What every selected object must have: a label or a field with one of some values. Lets watchers and lists pass over
/// objects without looking at them.
///
/// @param label whether it is a label; else a selectable field
/// @param values none of them empty, for what is absent counts as empty
public record Demand(boolean label, String key, List<String> values) {
    public Demand {
        values = List.copyOf(values);
    }
}
