package io.gantry.api.batch.v1.job;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.pod.PodSpecDefaults;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.core.v1.podtemplate.WorkloadValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.printer.Cells;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of Jobs (upstream `pkg/registry/batch/job/strategy.go`, `pkg/apis/batch/validation`).
public final class JobRules implements KindRules<Job> {

    @Override
    public List<String> specWarnings(Job object) {
        return PodSpecWarnings.ofTemplate(object.spec().template(), "spec.template");
    }

    @Override
    public List<String> createWarnings(Job object) {
        return PodSpecWarnings.ofWorkload(object.metadata());
    }

    private static final int BACKOFF_LIMIT = 6;
    private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
    private static final String NAME_LABEL = "batch.kubernetes.io/job-name";
    private static final String OLD_UID_LABEL = "controller-uid";
    private static final String OLD_NAME_LABEL = "job-name";

    @Override
    public void defaults(ObjectNode object) {
        Trees.object(object, "spec").ifPresent(spec -> {
            if (Trees.unset(spec, "completions") && Trees.unset(spec, "parallelism")) {
                spec.put("completions", 1);
            }
            Trees.defaultNumber(spec, "parallelism", 1);
            boolean perIndex = !Trees.unset(spec, "backoffLimitPerIndex");
            Trees.defaultNumber(spec, "backoffLimit", perIndex ? Integer.MAX_VALUE : BACKOFF_LIMIT);
            Trees.defaultPointer(spec, "completionMode", "NonIndexed");
            Trees.defaultBoolean(spec, "suspend", false);
            Trees.defaultBoolean(spec, "manualSelector", false);
            boolean policy = spec.path("podFailurePolicy").isObject();
            Trees.defaultPointer(spec, "podReplacementPolicy", policy ? "Failed" : "TerminatingOrFailed");
            patternDefaults(spec);
            labels(object, spec);
            PodSpecDefaults.applyToTemplate(spec.path("template"));
        });
    }

    /// Of conditions in a failure policy the status that counts is `True`, in templates of Jobs too.
    ///
    /// @param spec a Job's
    public static void patternDefaults(JsonNode spec) {
        for (JsonNode rule : spec.path("podFailurePolicy").path("rules")) {
            for (JsonNode pattern : rule.path("onPodConditions")) {
                if (pattern instanceof ObjectNode one) {
                    Trees.defaultText(one, "status", "True");
                }
            }
        }
    }

    private static void labels(ObjectNode object, ObjectNode spec) {
        JsonNode labels = spec.path("template").path("metadata").path("labels");
        if (!labels.isEmpty() && object.path("metadata").path("labels").isEmpty()) {
            Trees.child(object, "metadata").set("labels", labels.deepCopy());
        }
    }

    /// Gives the Job a selector of its own and its pods the labels for it, unless `manualSelector` says that the
    /// client did. Labels that are there stay: [#validate] refuses those of another Job. Needs `metadata.uid` and
    /// `metadata.name`.
    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status");
        if (!(object.path("spec") instanceof ObjectNode spec)
                || spec.path("manualSelector").asBoolean(false)
                || !(spec.path("template") instanceof ObjectNode template)) {
            return;
        }
        String uid = object.path("metadata").path("uid").asString("");
        String name = object.path("metadata").path("name").asString("");
        ObjectNode labels = Trees.child(Trees.child(template, "metadata"), "labels");
        generated(uid, name).forEach((label, value) -> label(labels, label, value));
        label(Trees.child(Trees.child(spec, "selector"), "matchLabels"), UID_LABEL, uid);
        // Upstream fills defaults again when it reads what it stored.
        labels(object, spec);
    }

    private static void label(ObjectNode labels, String label, String value) {
        if (!labels.has(label)) {
            labels.put(label, value);
        }
    }

    /// The labels of the Job's pods, in the order in which upstream looks at them.
    private static Map<String, String> generated(String uid, String name) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(OLD_UID_LABEL, uid);
        labels.put(OLD_NAME_LABEL, name);
        labels.put(UID_LABEL, uid);
        labels.put(NAME_LABEL, name);
        return labels;
    }

    @Override
    public void validate(Job object, FieldErrors errors) {
        generatedSelector(object, errors);
        JobSpec spec = object.spec();
        JobValidation.check(spec, "spec", errors);
        WorkloadValidation.requiredSelector(spec.selector(), errors);
        if (spec.template() != null) {
            WorkloadValidation.selected(spec.selector(), spec.template(), errors);
        }
        podNames(object, errors);
    }

    /// Upstream's `validateGeneratedSelector`.
    private static void generatedSelector(Job object, FieldErrors errors) {
        JobSpec spec = object.spec();
        if (Boolean.TRUE.equals(spec.manualSelector()) || spec.selector() == null || spec.template() == null) {
            return;
        }
        Map<String, String> wanted =
                generated(text(object.metadata().uid()), text(object.metadata().name()));
        Map<String, String> labels = spec.template().metadata().labels();
        wanted.forEach((label, value) -> {
            String path = "spec.template.metadata.labels[" + label + "]";
            if (!labels.containsKey(label)) {
                errors.required(path, "must be '" + value + "'");
            } else if (!value.equals(labels.get(label))) {
                errors.invalid(path, labels, "must be '" + value + "'");
            }
        });
        if (!LabelValidation.matches(spec.selector(), wanted)) {
            errors.invalid("spec.selector", spec.selector(), "`selector` not auto-generated");
        }
    }

    /// Pods of an indexed Job have host names that end with their index.
    private static void podNames(Job object, FieldErrors errors) {
        Integer completions = object.spec().completions();
        if (!"Indexed".equals(object.spec().completionMode()) || completions == null || completions < 1) {
            return;
        }
        String last = object.metadata().name() + "-" + (completions - 1);
        if (!Names.isLabel(last)) {
            errors.invalid(
                    "metadata.name",
                    object.metadata().name(),
                    "will not able to create pod with invalid DNS label: " + last);
        }
    }

    @Override
    public void validateUpdate(Job object, Job old, FieldErrors errors) {
        JobSpec now = object.spec();
        JobSpec before = old.spec();
        boolean elastic =
                "Indexed".equals(now.completionMode()) && Objects.equals(now.completions(), now.parallelism());
        if (!elastic) {
            Immutable.check(now.completions(), before.completions(), "spec.completions", errors);
        }
        Immutable.check(now.selector(), before.selector(), "spec.selector", errors);
        JobTemplateUpdate.check(old, now, errors);
        Immutable.check(now.completionMode(), before.completionMode(), "spec.completionMode", errors);
        Immutable.check(now.podFailurePolicy(), before.podFailurePolicy(), "spec.podFailurePolicy", errors);
        Immutable.check(now.backoffLimitPerIndex(), before.backoffLimitPerIndex(), "spec.backoffLimitPerIndex", errors);
        Immutable.check(now.successPolicy(), before.successPolicy(), "spec.successPolicy", errors);
        Immutable.check(now.managedBy(), before.managedBy(), "spec.managedBy", errors);
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("status.succeeded");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        return Map.of("status.successful", Long.toString(Cells.numberAt(object, "status.succeeded")));
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        JobStatusValidation.check(object, old, errors);
    }
}
