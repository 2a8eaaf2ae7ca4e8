package io.gantry.api.scheduling.v1.priorityclass;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.pod.PreemptionPolicy;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import java.util.Map;
import java.util.Objects;

/// Rules of PriorityClasses (upstream `ValidatePriorityClass`).
public final class PriorityClassRules implements KindRules<PriorityClass> {
    private static final int HIGHEST_USER_PRIORITY = 1_000_000_000;
    private static final Map<String, Integer> SYSTEM =
            Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

    @Override
    public void validate(PriorityClass object, FieldErrors errors) {
        PreemptionPolicy.check(object.preemptionPolicy(), "preemptionPolicy", errors);
        String name = text(object.metadata().name());
        int value = object.value() == null ? 0 : object.value();
        if (name.startsWith("system-")) {
            Integer wanted = SYSTEM.get(name);
            if (wanted == null || wanted != value) {
                String why = wanted == null
                        ? name + " is not a known system priority class"
                        : "value of " + name + " PriorityClass must be " + wanted;
                errors.forbidden(
                        "metadata.name",
                        "priority class names with 'system-' prefix are reserved for system use only. error: " + why);
            }
        } else if (value > HIGHEST_USER_PRIORITY) {
            errors.forbidden("value", "maximum allowed value of a user defined priority is " + HIGHEST_USER_PRIORITY);
        }
    }

    @Override
    public void validateUpdate(PriorityClass object, PriorityClass old, FieldErrors errors) {
        if (!Objects.equals(object.value(), old.value())) {
            errors.forbidden("value", "may not be changed in an update.");
        }
        Immutable.check(object.preemptionPolicy(), old.preemptionPolicy(), "preemptionPolicy", errors);
    }
}
