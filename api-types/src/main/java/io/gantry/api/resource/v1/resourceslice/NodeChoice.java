package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.SchedulingValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which of the fields that say on which nodes devices are is set, and what is wrong with those that are.
/// One for each look at a slice or a device.
final class NodeChoice {
    private final String path;
    private final FieldErrors errors;
    private final List<String> set = new ArrayList<>();

    NodeChoice(String path, FieldErrors errors) {
        this.path = path;
        this.errors = errors;
    }

    /// @param whenEmpty what is wrong with an empty name
    NodeChoice name(@Nullable String name, String whenEmpty) {
        if (name == null) {
            return this;
        }
        String at = path + ".nodeName";
        if (name.isEmpty()) {
            errors.invalid(at, name, whenEmpty);
        } else {
            chosen("nodeName");
            Names.subdomain(name).forEach(wrong -> errors.invalid(at, name, wrong));
        }
        return this;
    }

    NodeChoice selector(@Nullable NodeSelector selector) {
        if (selector != null) {
            chosen("nodeSelector");
            SchedulingValidation.nodeSelector(selector, path + ".nodeSelector", errors);
        }
        return this;
    }

    NodeChoice flag(@Nullable Boolean value, String field) {
        if (value != null && value) {
            chosen(field);
        } else if (value != null) {
            errors.invalid(path + "." + field, false, "must be either unset or set to true");
        }
        return this;
    }

    /// Exactly one must have been set.
    ///
    /// @param none what is said when none was
    /// @param many what is said when more were
    void exactlyOne(String none, String many) {
        if (set.isEmpty()) {
            errors.required(path, none);
        } else if (set.size() > 1) {
            errors.invalid(path, "{" + String.join(", ", set) + "}", many);
        }
    }

    private void chosen(String field) {
        set.add("`" + field + "`");
    }
}
