package io.gantry.scheduler.snapshot;

import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Selectors that also follow labels of the pod that carries them (`matchLabelKeys`, `mismatchLabelKeys`;
/// KEP-3633).
public final class Selectors {
    private Selectors() {}

    /// The selector with one requirement more for each key the pod has a label for.
    public static @Nullable LabelSelector withLabelKeys(
            @Nullable LabelSelector selector,
            Map<String, String> podLabels,
            List<String> match,
            List<String> mismatch) {
        if (selector == null || (match.isEmpty() && mismatch.isEmpty())) {
            return selector;
        }
        List<LabelSelectorRequirement> requirements = new ArrayList<>(selector.matchExpressions());
        add(requirements, podLabels, match, "In");
        add(requirements, podLabels, mismatch, "NotIn");
        return new LabelSelector(selector.matchLabels(), requirements);
    }

    private static void add(
            List<LabelSelectorRequirement> requirements,
            Map<String, String> labels,
            List<String> keys,
            String operator) {
        for (String key : keys) {
            String value = labels.get(key);
            LabelSelectorRequirement requirement =
                    value == null ? null : new LabelSelectorRequirement(key, operator, List.of(value));
            if (requirement != null && !requirements.contains(requirement)) {
                requirements.add(requirement);
            }
        }
    }
}
