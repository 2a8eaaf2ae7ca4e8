package io.gantry.api.core.v1.podtemplate;

import io.gantry.api.core.v1.pod.PodAnnotationValidation;
import io.gantry.api.core.v1.pod.PodSpecValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.LabelValidation;
import java.util.Map;

/// A pod template, wherever it is embedded (upstream `ValidatePodTemplateSpec`).
public final class PodTemplateValidation {
    private PodTemplateValidation() {}

    /// Faults of a template.
    ///
    /// @param path e.g. `spec.template`
    public static void check(PodTemplateSpec template, String path, FieldErrors errors) {
        LabelValidation.labels(template.metadata().labels(), path + ".labels", errors);
        Map<String, String> annotations = template.metadata().annotations();
        LabelValidation.annotations(annotations, path + ".annotations", errors);
        PodAnnotationValidation.check(annotations, template.spec(), path + ".annotations", errors);
        PodSpecValidation.check(template.spec(), path + ".spec", errors);
        PodAnnotationValidation.agree(annotations, template.spec(), path + ".spec", errors);
        if (!template.spec().ephemeralContainers().isEmpty()) {
            errors.forbidden(path + ".spec.ephemeralContainers", "ephemeral containers not allowed in pod template");
        }
    }
}
