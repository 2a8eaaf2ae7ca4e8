package io.gantry.api.selector;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A compiled label selector: all its requirements must hold.
///
/// @param requirements empty for everything; kept in the order of their keys, as upstream shows them
/// @param nothing matches no labels at all (an absent `LabelSelector`)
public record Selector(List<Requirement> requirements, boolean nothing) {
    private static final Comparator<Requirement> BY_KEY = Comparator.comparing(Requirement::key);

    public static final Selector EVERYTHING = new Selector(List.of(), false);
    public static final Selector NOTHING = new Selector(List.of(), true);

    public Selector {
        requirements = isInOrder(requirements)
                ? List.copyOf(requirements)
                : requirements.stream().sorted(BY_KEY).toList();
    }

    /// Most are: nearly every selector has one requirement, and the keys of maps come in order.
    private static boolean isInOrder(List<Requirement> requirements) {
        for (int i = 1; i < requirements.size(); i++) {
            if (BY_KEY.compare(requirements.get(i - 1), requirements.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether the labels are selected.
    public boolean matches(Map<String, String> labels) {
        if (nothing) {
            return false;
        }
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /// Whether everything is selected.
    public boolean isEverything() {
        return !nothing && requirements.isEmpty();
    }

    /// The text that [LabelSelectors#parse] takes.
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }
}
