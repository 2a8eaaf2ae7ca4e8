package io.gantry.api.apps.v1;

import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.core.v1.podtemplate.PodTemplateValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.validation.LabelValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Deployments, ReplicaSets, StatefulSets and DaemonSets share: a selector that selects the template's labels
/// (upstream `pkg/apis/apps/validation`).
public final class WorkloadValidation {
    private WorkloadValidation() {}

    /// Selector and template of a workload whose pods always restart.
    ///
    /// @param owner the kind, for messages, e.g. `ReplicaSet`
    /// @param emptyMessage what to say of a selector that selects everything
    public static void selectorAndTemplate(
            @Nullable LabelSelector selector,
            @Nullable PodTemplateSpec template,
            String owner,
            String emptyMessage,
            FieldErrors errors) {
        if (selector == null) {
            errors.required("spec.selector", "");
        }
        givenSelectorAndTemplate(selector, template, owner, emptyMessage, errors);
    }

    /// As [#selectorAndTemplate], not asking for a selector: one that is missing selects nothing, not the
    /// template either.
    public static void givenSelectorAndTemplate(
            @Nullable LabelSelector selector,
            @Nullable PodTemplateSpec template,
            String owner,
            String emptyMessage,
            FieldErrors errors) {
        if (selector != null) {
            LabelValidation.selector(selector, "spec.selector", errors);
            if (LabelValidation.isEmpty(selector)) {
                errors.invalid("spec.selector", selector, emptyMessage);
            }
        }
        if (template == null) {
            errors.required("spec.template", "");
            return;
        }
        boolean selectsAll = selector != null && LabelValidation.isEmpty(selector);
        if (!selectsAll
                && !LabelValidation.matches(selector, template.metadata().labels())) {
            LabelValidation.unselected(template.metadata().labels(), errors);
        }
        PodTemplateValidation.check(template, "spec.template", errors);
        PodTemplateValidation.restartPolicy(template, List.of("Always"), "spec.template", errors);
        if (template.spec().activeDeadlineSeconds() != null) {
            errors.forbidden(
                    "spec.template.spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in " + owner + " is not Supported");
        }
    }
}
