package io.gantry.api.apps.v1.statefulset;

import io.gantry.api.core.v1.pod.PodSpecDefaults;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.core.v1.podtemplate.PodTemplateValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import io.gantry.api.validation.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of StatefulSets (upstream `ValidateStatefulSet`). As upstream, the template's pod spec is not checked here,
/// since claims bring volumes that it does not declare; what is wrong shows when a pod is made.
public final class StatefulSetRules implements KindRules<StatefulSet> {

    @Override
    public List<String> warnings(StatefulSet object) {
        List<String> warnings = new ArrayList<>();
        if (object.spec().template() != null) {
            warnings.addAll(PodSpecWarnings.ofTemplate(object.spec().template(), "spec.template"));
        }
        for (int i = 0; i < object.spec().volumeClaimTemplates().size(); i++) {
            warnings.addAll(PodSpecWarnings.ofClaim(
                    object.spec().volumeClaimTemplates().get(i).spec(), "spec.volumeClaimTemplates[" + i + "]"));
        }
        Integer limit = object.spec().revisionHistoryLimit();
        if (limit != null && limit < 0) {
            warnings.add("spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is"
                    + " recommended");
        }
        return warnings;
    }

    private static final String FIXED = "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
            + " 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
            + " 'minReadySeconds' are forbidden";

    @Override
    public void defaults(ObjectNode object) {
        Trees.object(object, "spec").ifPresent(spec -> {
            strategyDefaults(Trees.child(spec, "updateStrategy"));
            ObjectNode retention = Trees.child(spec, "persistentVolumeClaimRetentionPolicy");
            Trees.defaultText(retention, "whenDeleted", "Retain");
            Trees.defaultText(retention, "whenScaled", "Retain");
            for (JsonNode template : spec.path("volumeClaimTemplates")) {
                if (template instanceof ObjectNode claim) {
                    Trees.defaultText(claim, "apiVersion", "v1");
                    Trees.defaultText(claim, "kind", "PersistentVolumeClaim");
                    Trees.defaultText(Trees.child(claim, "spec"), "volumeMode", "Filesystem");
                    Trees.defaultText(Trees.child(claim, "status"), "phase", "Pending");
                }
            }
            PodSpecDefaults.applyToTemplate(spec.path("template"));
        });
    }

    /// Who names the type and nothing more gets no `rollingUpdate` (upstream's `SetDefaults_StatefulSet`).
    private static void strategyDefaults(ObjectNode strategy) {
        if (Trees.unset(strategy, "type")) {
            strategy.put("type", "RollingUpdate");
            Trees.child(strategy, "rollingUpdate");
        }
        if (strategy.path("type").asString("").equals("RollingUpdate")) {
            Trees.object(strategy, "rollingUpdate").ifPresent(rolling -> Trees.defaultNumber(rolling, "partition", 0));
        }
    }

    @Override
    public void validate(StatefulSet object, FieldErrors errors) {
        StatefulSetSpec spec = object.spec();
        strategy(spec.updateStrategy(), errors);
        retention(spec.persistentVolumeClaimRetentionPolicy(), errors);
        Numbers.nonNegative(spec.replicas(), "spec.replicas", errors);
        Numbers.nonNegative(spec.minReadySeconds(), "spec.minReadySeconds", errors);
        if (spec.ordinals() != null) {
            Numbers.nonNegative(spec.ordinals().start(), "spec.ordinals.start", errors);
        }
        if (spec.selector() == null) {
            errors.required("spec.selector", "");
        } else {
            LabelValidation.selector(spec.selector(), "spec.selector", errors);
            if (LabelValidation.isEmpty(spec.selector())) {
                errors.invalid("spec.selector", spec.selector(), "empty selector is invalid for statefulset");
            }
        }
        template(spec, errors);
    }

    /// Names that were stored before they were checked stay.
    @Override
    public void validateCreate(StatefulSet object, FieldErrors errors) {
        References.optional(object.spec().serviceName(), Names::label, "spec.serviceName", errors);
    }

    @Override
    public void validateUpdate(StatefulSet object, StatefulSet old, FieldErrors errors) {
        StatefulSetSpec allowed = StatefulSetSpecBuilder.builder(old.spec())
                .replicas(object.spec().replicas())
                .ordinals(object.spec().ordinals())
                .template(object.spec().template())
                .updateStrategy(object.spec().updateStrategy())
                .revisionHistoryLimit(object.spec().revisionHistoryLimit())
                .persistentVolumeClaimRetentionPolicy(object.spec().persistentVolumeClaimRetentionPolicy())
                .minReadySeconds(object.spec().minReadySeconds())
                .build();
        if (!allowed.equals(object.spec())) {
            errors.forbidden("spec", FIXED);
        }
    }

    private static void template(StatefulSetSpec spec, FieldErrors errors) {
        PodTemplateSpec template = spec.template();
        if (template == null) {
            errors.required("spec.template", "");
            return;
        }
        if (!LabelValidation.isEmpty(spec.selector())
                && !LabelValidation.matches(spec.selector(), template.metadata().labels())) {
            errors.invalid(
                    "spec.template.metadata.labels",
                    template.metadata().labels(),
                    "`selector` does not match template `labels`");
        }
        LabelValidation.labels(template.metadata().labels(), "spec.template.labels", errors);
        LabelValidation.annotations(template.metadata().annotations(), "spec.template.annotations", errors);
        PodTemplateValidation.restartPolicy(template, List.of("Always"), "spec.template", errors);
        if (template.spec().activeDeadlineSeconds() != null) {
            errors.forbidden(
                    "spec.template.spec.activeDeadlineSeconds",
                    "activeDeadlineSeconds in StatefulSet is not Supported");
        }
    }

    private static void strategy(@Nullable StatefulSetUpdateStrategy strategy, FieldErrors errors) {
        if (strategy == null || strategy.rollingUpdate() == null) {
            return;
        }
        String path = "spec.updateStrategy.rollingUpdate";
        if ("OnDelete".equals(strategy.type())) {
            errors.invalid(path, strategy.rollingUpdate(), "only allowed for updateStrategy 'RollingUpdate'");
        } else {
            Numbers.nonNegative(strategy.rollingUpdate().partition(), path + ".partition", errors);
            Numbers.nonNegativeOrPercent(strategy.rollingUpdate().maxUnavailable(), path + ".maxUnavailable", errors);
        }
    }

    private static void retention(
            @Nullable StatefulSetPersistentVolumeClaimRetentionPolicy policy, FieldErrors errors) {
        if (policy != null) {
            String path = "spec.persistentVolumeClaimRetentionPolicy";
            List<String> allowed = List.of("Retain", "Delete");
            References.oneOf(policy.whenDeleted(), allowed, path + ".whenDeleted", errors);
            References.oneOf(policy.whenScaled(), allowed, path + ".whenScaled", errors);
        }
    }
}
