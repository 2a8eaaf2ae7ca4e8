package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.References;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether pods may make others go, of a pod or a PriorityClass (upstream `ValidatePreemptionPolicy`).
public final class PreemptionPolicy {
    private PreemptionPolicy() {}

    /// Faults of a policy; an absent one has none.
    public static void check(@Nullable String policy, String path, FieldErrors errors) {
        if (policy != null && policy.isEmpty()) {
            errors.required(path, "");
        } else if (policy != null) {
            References.oneOf(policy, List.of("Never", "PreemptLowerPriority"), path, errors);
        }
    }
}
