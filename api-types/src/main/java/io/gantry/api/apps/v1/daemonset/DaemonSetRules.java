package io.gantry.api.apps.v1.daemonset;

import io.gantry.api.core.v1.pod.PodSpecDefaults;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.core.v1.podtemplate.WorkloadValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.StatusCounts;
import io.gantry.api.validation.Trees;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of DaemonSets (upstream `ValidateDaemonSet`).
public final class DaemonSetRules implements KindRules<DaemonSet> {
    /// The annotation that counts changes of the template; only the server does.
    public static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    private static final String ANNOTATIONS = "annotations";

    /// A client may begin with another number.
    @Override
    public void prepareForCreate(ObjectNode object) {
        setGeneration(object, Math.max(1, generation(object)));
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        boolean changed = !object.at("/spec/template").equals(old.at("/spec/template"));
        setGeneration(object, Math.max(1, generation(old)) + (changed ? 1 : 0));
    }

    private static long generation(ObjectNode object) {
        String text = object.path("metadata")
                .path(ANNOTATIONS)
                .path(TEMPLATE_GENERATION)
                .asString("");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void setGeneration(ObjectNode object, long generation) {
        Trees.child(Trees.child(object, "metadata"), ANNOTATIONS).put(TEMPLATE_GENERATION, Long.toString(generation));
    }

    /// The count is among the annotations whoever writes.
    @Override
    public void defaults(ObjectNode object) {
        Trees.defaultText(Trees.child(Trees.child(object, "metadata"), ANNOTATIONS), TEMPLATE_GENERATION, "0");
        Trees.object(object, "spec").ifPresent(spec -> {
            ObjectNode strategy = Trees.child(spec, "updateStrategy");
            Trees.defaultText(strategy, "type", "RollingUpdate");
            if (strategy.path("type").asString("").equals("RollingUpdate")) {
                ObjectNode rolling = Trees.child(strategy, "rollingUpdate");
                Trees.defaultNumber(rolling, "maxUnavailable", 1);
                Trees.defaultNumber(rolling, "maxSurge", 0);
            }
            PodSpecDefaults.applyToTemplate(spec.path("template"));
        });
    }

    @Override
    public void validate(DaemonSet object, FieldErrors errors) {
        DaemonSetSpec spec = object.spec();
        LabelValidation.selector(spec.selector(), "spec.selector", errors);
        WorkloadValidation.notEmpty(spec.selector(), "daemonset", errors);
        WorkloadValidation.template(spec.selector(), spec.template(), "DaemonSet", errors);
        Numbers.nonNegative(spec.minReadySeconds(), "spec.minReadySeconds", errors);
        strategy(spec.updateStrategy(), errors);
        Numbers.nonNegative(spec.revisionHistoryLimit(), "spec.revisionHistoryLimit", errors);
    }

    @Override
    public void validateUpdate(DaemonSet object, DaemonSet old, FieldErrors errors) {
        Immutable.check(object.spec().selector(), old.spec().selector(), "spec.selector", errors);
    }

    @Override
    public List<String> specWarnings(DaemonSet object) {
        return PodSpecWarnings.ofTemplate(object.spec().template(), "spec.template");
    }

    private static void strategy(@Nullable DaemonSetUpdateStrategy strategy, FieldErrors errors) {
        if (strategy == null || !"RollingUpdate".equals(strategy.type())) {
            return;
        }
        String path = "spec.updateStrategy.rollingUpdate";
        RollingUpdateDaemonSet rolling = strategy.rollingUpdate();
        if (rolling == null) {
            errors.required(path, "");
            return;
        }
        Numbers.nonNegativeOrPercent(rolling.maxUnavailable(), path + ".maxUnavailable", errors);
        Numbers.nonNegativeOrPercent(rolling.maxSurge(), path + ".maxSurge", errors);
        boolean unavailable = Numbers.valueOrPercent(rolling.maxUnavailable()) != 0;
        boolean surge = Numbers.valueOrPercent(rolling.maxSurge()) != 0;
        if (unavailable && surge) {
            errors.invalid(path + ".maxSurge", rolling.maxSurge(), "may not be set when maxUnavailable is non-zero");
        } else if (!unavailable && !surge) {
            errors.required(path + ".maxUnavailable", "cannot be 0 when maxSurge is 0");
        }
        Numbers.notMoreThan100Percent(rolling.maxUnavailable(), path + ".maxUnavailable", errors);
        Numbers.notMoreThan100Percent(rolling.maxSurge(), path + ".maxSurge", errors);
    }

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        StatusCounts.of(object, errors)
                .nonNegative(
                        "currentNumberScheduled",
                        "numberMisscheduled",
                        "desiredNumberScheduled",
                        "numberReady",
                        "observedGeneration",
                        "updatedNumberScheduled",
                        "numberAvailable",
                        "numberUnavailable",
                        "collisionCount")
                .notDecremented("collisionCount", old);
    }
}
