package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import io.gantry.api.selector.LabelSelectors;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Labels, annotations and label selectors (upstream `apimachinery/pkg/apis/meta/v1/validation`).
public final class LabelValidation {
    private static final int ANNOTATIONS_MAX_BYTES = 256 * 1024;

    private LabelValidation() {}

    /// Keys and values of labels.
    public static void labels(Map<String, String> labels, String path, FieldErrors errors) {
        labels.forEach((key, value) -> {
            Names.qualified(key).forEach(m -> errors.invalid(path, key, m));
            Names.labelValue(value).forEach(m -> errors.invalid(path, value, m));
        });
    }

    /// A label's key.
    public static void labelName(String name, String path, FieldErrors errors) {
        Names.qualified(name).forEach(m -> errors.invalid(path, name, m));
    }

    /// Keys of annotations and their size altogether.
    public static void annotations(Map<String, String> annotations, String path, FieldErrors errors) {
        long size = 0;
        for (Map.Entry<String, String> entry : annotations.entrySet()) {
            TextForms.annotationKey(entry.getKey()).forEach(m -> errors.invalid(path, entry.getKey(), m));
            size += entry.getKey().length() + (long) entry.getValue().length();
        }
        if (size > ANNOTATIONS_MAX_BYTES) {
            errors.tooLong(path, ANNOTATIONS_MAX_BYTES);
        }
    }

    /// A label selector; an absent one has no faults.
    public static void selector(@Nullable LabelSelector selector, String path, FieldErrors errors) {
        if (selector == null) {
            return;
        }
        labels(selector.matchLabels(), path + ".matchLabels", errors);
        List<LabelSelectorRequirement> expressions = selector.matchExpressions();
        for (int i = 0; i < expressions.size(); i++) {
            requirement(expressions.get(i), false, path + ".matchExpressions[" + i + "]", errors);
        }
    }

    /// Labels of a template that its owner does not select; Go's words for no labels are `null`.
    public static void unselected(Map<String, String> labels, FieldErrors errors) {
        errors.invalid(
                "spec.template.metadata.labels",
                labels.isEmpty() ? null : labels,
                "`selector` does not match template `labels`");
    }

    /// Whether a selector has no faults and selects the labels.
    public static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
        FieldErrors errors = new FieldErrors();
        selector(selector, "", errors);
        return errors.isEmpty() && LabelSelectors.matches(selector, labels);
    }

    /// Whether a selector selects by nothing at all.
    public static boolean isEmpty(@Nullable LabelSelector selector) {
        return selector == null
                || (selector.matchLabels().isEmpty()
                        && selector.matchExpressions().isEmpty());
    }

    /// @param later whether operators of later versions are let pass
    public static void requirement(
            LabelSelectorRequirement requirement, boolean later, String path, FieldErrors errors) {
        String operator = requirement.operator() == null ? "" : requirement.operator();
        List<String> values = requirement.values();
        operator(operator, values, later, path, errors);
        labelName(requirement.key() == null ? "" : requirement.key(), path + ".key", errors);
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            String valuePath = path + ".values[" + i + "]";
            Names.labelValue(value).forEach(m -> errors.invalid(valuePath, value, m));
        }
    }

    /// Whether an operator, of selectors of labels or of fields, has as many values as it takes.
    ///
    /// @param later whether operators of later versions are let pass
    public static void operator(String operator, List<String> values, boolean later, String path, FieldErrors errors) {
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    errors.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    errors.forbidden(
                            path + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> {
                if (!later) {
                    errors.invalid(path + ".operator", operator, "not a valid selector operator");
                }
            }
        }
    }
}
