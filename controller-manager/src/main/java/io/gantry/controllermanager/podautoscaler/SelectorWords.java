package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A selector as upstream's messages have it: Go's text of the struct.
final class SelectorWords {
    private SelectorWords() {}

    static String of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return "nil";
        }
        StringBuilder text = new StringBuilder("&LabelSelector{MatchLabels:map[string]string{");
        new TreeMap<>(selector.matchLabels())
                .forEach((key, value) ->
                        text.append(key).append(": ").append(value).append(','));
        text.append("},MatchExpressions:[]LabelSelectorRequirement{");
        for (LabelSelectorRequirement one : selector.matchExpressions()) {
            text.append("LabelSelectorRequirement{Key:" + one.key() + ",Operator:" + one.operator() + ",Values:["
                    + String.join(" ", one.values()) + "],},");
        }
        return text.append("},}").toString();
    }
}
