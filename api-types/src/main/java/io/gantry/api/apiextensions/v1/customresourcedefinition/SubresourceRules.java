package io.gantry.api.apiextensions.v1.customresourcedefinition;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rules of `subresources`.
final class SubresourceRules {
    private SubresourceRules() {}

    static void validate(@Nullable CustomResourceSubresources subresources, String path, FieldErrors errors) {
        CustomResourceSubresourceScale scale = subresources == null ? null : subresources.scale();
        if (scale == null) {
            return;
        }
        String at = path + ".scale.";
        path(text(scale.specReplicasPath()), List.of(".spec."), at + "specReplicasPath", ".spec", errors);
        path(text(scale.statusReplicasPath()), List.of(".status."), at + "statusReplicasPath", ".status", errors);
        if (!text(scale.labelSelectorPath()).isEmpty()) {
            path(
                    text(scale.labelSelectorPath()),
                    List.of(".spec.", ".status."),
                    at + "labelSelectorPath",
                    "either .spec or .status",
                    errors);
        }
    }

    private static void path(String value, List<String> starts, String at, String where, FieldErrors errors) {
        if (value.isEmpty()) {
            errors.required(at, "");
        } else if (!value.startsWith(".")) {
            errors.invalid(at, value, "must be a simple json path starting with .");
        } else if (starts.stream().noneMatch(value::startsWith)) {
            errors.invalid(at, value, "should be a json path under " + where);
        }
    }
}
