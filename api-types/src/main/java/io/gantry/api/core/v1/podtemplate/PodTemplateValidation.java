package io.gantry.api.core.v1.podtemplate;

import io.gantry.api.core.v1.pod.PodSpecValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.LabelValidation;
import java.util.List;

/// A pod template, wherever it is embedded (upstream `ValidatePodTemplateSpec`).
public final class PodTemplateValidation {
    private PodTemplateValidation() {}

    /// Faults of a template.
    ///
    /// @param path e.g. `spec.template`
    public static void check(PodTemplateSpec template, String path, FieldErrors errors) {
        LabelValidation.labels(template.metadata().labels(), path + ".metadata.labels", errors);
        LabelValidation.annotations(template.metadata().annotations(), path + ".metadata.annotations", errors);
        PodSpecValidation.check(template.spec(), path + ".spec", errors);
        if (!template.spec().ephemeralContainers().isEmpty()) {
            errors.forbidden(path + ".spec.ephemeralContainers", "ephemeral containers not allowed in pod template");
        }
    }

    /// The template's restart policy must be among those that the owner allows.
    public static void restartPolicy(PodTemplateSpec template, List<String> allowed, String path, FieldErrors errors) {
        String policy = template.spec().restartPolicy();
        if (policy == null || !allowed.contains(policy)) {
            errors.notSupported(path + ".spec.restartPolicy", policy == null ? "" : policy, allowed);
        }
    }
}
