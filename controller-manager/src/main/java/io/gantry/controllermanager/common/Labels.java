package io.gantry.controllermanager.common;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.selector.LabelSelectors;
import java.util.Map;

/// Label selectors.
public final class Labels {
    private Labels() {}

    /// Whether the labels match; an empty selector matches everything.
    public static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return LabelSelectors.matches(selector, labels);
    }

    /// Whether the labels hold all of the wanted ones.
    public static boolean matches(Map<String, String> wanted, Map<String, String> labels) {
        return wanted.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
    }

    /// Whether the selector selects everything.
    public static boolean isEmpty(LabelSelector selector) {
        return selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty();
    }
}
