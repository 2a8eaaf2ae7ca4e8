package io.gantry.controllermanager.common;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import java.util.Map;

/// Label selectors.
public final class Labels {
    private Labels() {}

    /// Whether the labels match; an empty selector matches everything.
    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return matches(selector.matchLabels(), labels)
                && selector.matchExpressions().stream().allMatch(requirement -> matches(requirement, labels));
    }

    /// Whether the labels hold all of the wanted ones.
    public static boolean matches(Map<String, String> wanted, Map<String, String> labels) {
        return wanted.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
    }

    /// Whether the selector selects everything.
    public static boolean isEmpty(LabelSelector selector) {
        return selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty();
    }

    private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.key());
        return switch (requirement.operator()) {
            case "In" -> value != null && requirement.values().contains(value);
            case "NotIn" -> value == null || !requirement.values().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
