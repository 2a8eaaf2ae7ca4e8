package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import io.gantry.api.validation.LabelValidation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keys whose values a pod's own labels give to a selector (upstream `ValidateMatchLabelKeysAndMismatchLabelKeys`,
/// `ValidateMatchLabelKeysInTopologySpread`).
final class LabelKeys {
    private static final String TWICE = "exists in both matchLabelKeys and labelSelector";
    private static final String NO_SELECTOR = "must not be specified when labelSelector is not set";

    private LabelKeys() {}

    static void ofAffinity(PodAffinityTerm term, String at, FieldErrors errors) {
        LabelSelector selector = term.labelSelector();
        names(term.matchLabelKeys(), selector, at + ".matchLabelKeys", errors);
        names(term.mismatchLabelKeys(), selector, at + ".mismatchLabelKeys", errors);
        if (selector != null) {
            selectedTwice(term.matchLabelKeys(), selector, at, errors);
        }
        for (int i = 0; i < term.matchLabelKeys().size(); i++) {
            String key = term.matchLabelKeys().get(i);
            if (term.mismatchLabelKeys().contains(key)) {
                errors.invalid(
                        at + ".matchLabelKeys[" + i + "]", key, "exists in both matchLabelKeys and mismatchLabelKeys");
            }
        }
    }

    static void ofSpread(TopologySpreadConstraint constraint, String path, FieldErrors errors) {
        LabelSelector selector = constraint.labelSelector();
        List<String> keys = constraint.matchLabelKeys();
        if (keys.isEmpty()) {
            return;
        }
        if (selector == null) {
            errors.forbidden(path, NO_SELECTOR);
        }
        Set<String> selected = selector == null ? Set.of() : keysOf(selector);
        for (int i = 0; i < keys.size(); i++) {
            String at = path + "[" + i + "]";
            LabelValidation.labelName(keys.get(i), at, errors);
            if (selected.contains(keys.get(i))) {
                errors.invalid(at, keys.get(i), TWICE);
            }
        }
    }

    private static void names(List<String> keys, @Nullable LabelSelector selector, String path, FieldErrors errors) {
        if (keys.isEmpty()) {
            return;
        }
        if (selector == null) {
            errors.forbidden(path, NO_SELECTOR);
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            LabelValidation.labelName(keys.get(i), path + "[" + i + "]", errors);
        }
    }

    /// The selector has got an expression for each key already: a second one is the client's.
    private static void selectedTwice(List<String> keys, LabelSelector selector, String at, FieldErrors errors) {
        Set<String> seen = new HashSet<>(selector.matchLabels().keySet());
        for (LabelSelectorRequirement requirement : selector.matchExpressions()) {
            String key = text(requirement.key());
            if (!seen.add(key) && keys.contains(key)) {
                errors.invalid(at + "[" + keys.lastIndexOf(key) + "]", key, TWICE);
            }
        }
    }

    private static Set<String> keysOf(LabelSelector selector) {
        Set<String> keys = selector.matchExpressions().stream()
                .map(requirement -> text(requirement.key()))
                .collect(Collectors.toCollection(HashSet::new));
        keys.addAll(selector.matchLabels().keySet());
        return keys;
    }
}
