package io.gantry.api.core.v1.podtemplate;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.validation.LabelValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the kinds that make pods of a template share: a selector at `spec.selector` that selects the labels of the
/// template at `spec.template`, and pods that always restart (upstream `pkg/apis/apps/validation`).
public final class WorkloadValidation {
    private static final String SELECTOR = "spec.selector";
    private static final String TEMPLATE = "spec.template";

    private WorkloadValidation() {}

    /// A selector that must be there.
    public static void requiredSelector(@Nullable LabelSelector selector, FieldErrors errors) {
        if (selector == null) {
            errors.required(SELECTOR, "");
        } else {
            LabelValidation.selector(selector, SELECTOR, errors);
        }
    }

    /// A selector that is there selects by something.
    ///
    /// @param owner the kind in lower case, e.g. `deployment`
    public static void notEmpty(@Nullable LabelSelector selector, String owner, FieldErrors errors) {
        if (selector != null && LabelValidation.isEmpty(selector)) {
            errors.invalid(SELECTOR, selector, "empty selector is invalid for " + owner);
        }
    }

    /// The selector selects the template's labels. One that is missing selects nothing, the template neither; one with
    /// faults counts as missing.
    public static void selected(@Nullable LabelSelector selector, PodTemplateSpec template, FieldErrors errors) {
        boolean selectsAll = selector != null && LabelValidation.isEmpty(selector);
        if (!selectsAll
                && !LabelValidation.matches(selector, template.metadata().labels())) {
            LabelValidation.unselected(template.metadata().labels(), errors);
        }
    }

    /// The template of a workload whose pods always restart, with labels that the selector selects.
    ///
    /// @param owner the kind, e.g. `ReplicaSet`
    public static void template(
            @Nullable LabelSelector selector, @Nullable PodTemplateSpec template, String owner, FieldErrors errors) {
        if (template == null) {
            errors.required(TEMPLATE, "");
            return;
        }
        selected(selector, template, errors);
        PodTemplateValidation.check(template, TEMPLATE, errors);
        restarting(template, owner, errors);
    }

    /// Pods of the template always restart and have no end.
    ///
    /// @param owner the kind, e.g. `ReplicaSet`
    public static void restarting(PodTemplateSpec template, String owner, FieldErrors errors) {
        String policy = template.spec().restartPolicy();
        if (!"Always".equals(policy)) {
            errors.notSupported(TEMPLATE + ".spec.restartPolicy", policy == null ? "" : policy, List.of("Always"));
        }
        if (template.spec().activeDeadlineSeconds() != null) {
            errors.forbidden(
                    TEMPLATE + ".spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in " + owner + " is not Supported");
        }
    }
}
