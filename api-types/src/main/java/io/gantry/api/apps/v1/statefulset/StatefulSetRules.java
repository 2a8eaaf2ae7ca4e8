package io.gantry.api.apps.v1.statefulset;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.ClaimSpecValidation;
import io.gantry.api.core.v1.pod.PersistentVolumeClaimVolumeSource;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.core.v1.pod.PodSpecDefaults;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.core.v1.pod.VolumeBuilder;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.core.v1.podtemplate.PodTemplateValidation;
import io.gantry.api.core.v1.podtemplate.WorkloadValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import io.gantry.api.validation.StatusCounts;
import io.gantry.api.validation.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of StatefulSets (upstream `ValidateStatefulSet`). Everything is asked of a new one; one that was stored before
/// its template was checked keeps a template with faults.
public final class StatefulSetRules implements KindRules<StatefulSet> {

    @Override
    public List<String> specWarnings(StatefulSet object) {
        return PodSpecWarnings.ofTemplate(object.spec().template(), "spec.template");
    }

    @Override
    public List<String> warnings(StatefulSet object) {
        List<String> warnings = new ArrayList<>();
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
    public void validateCreate(StatefulSet object, FieldErrors errors) {
        spec(object.spec(), true, errors);
        References.optional(object.spec().serviceName(), Names::label, "spec.serviceName", errors);
        List<PersistentVolumeClaim> claims = object.spec().volumeClaimTemplates();
        for (int i = 0; i < claims.size(); i++) {
            ClaimSpecValidation.check(claims.get(i).spec(), "spec.volumeClaimTemplates[" + i + "].spec", errors);
        }
    }

    @Override
    public void validateUpdate(StatefulSet object, StatefulSet old, FieldErrors errors) {
        FieldErrors before = new FieldErrors();
        spec(old.spec(), true, before);
        spec(object.spec(), before.isEmpty(), errors);
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

    private static void spec(StatefulSetSpec spec, boolean withTemplate, FieldErrors errors) {
        strategy(spec.updateStrategy(), errors);
        retention(spec.persistentVolumeClaimRetentionPolicy(), errors);
        Numbers.nonNegative(spec.replicas(), "spec.replicas", errors);
        Numbers.nonNegative(spec.minReadySeconds(), "spec.minReadySeconds", errors);
        if (spec.ordinals() != null) {
            Numbers.nonNegative(spec.ordinals().start(), "spec.ordinals.start", errors);
        }
        WorkloadValidation.requiredSelector(spec.selector(), errors);
        WorkloadValidation.notEmpty(spec.selector(), "statefulset", errors);
        template(spec, withTemplate, errors);
    }

    private static void template(StatefulSetSpec spec, boolean whole, FieldErrors errors) {
        PodTemplateSpec template = spec.template();
        if (template == null) {
            errors.required("spec.template", "");
            return;
        }
        WorkloadValidation.selected(spec.selector(), template, errors);
        if (whole) {
            PodTemplateValidation.check(ofPods(spec, template), "spec.template", errors);
        }
        LabelValidation.labels(template.metadata().labels(), "spec.template.labels", errors);
        LabelValidation.annotations(template.metadata().annotations(), "spec.template.annotations", errors);
        WorkloadValidation.restarting(template, "StatefulSet", errors);
    }

    /// The template as its pods come to be: the controller names their hosts, and claims bring volumes that
    /// stand before and instead of those of their names.
    private static PodTemplateSpec ofPods(StatefulSetSpec spec, PodTemplateSpec template) {
        Map<String, Volume> volumes = new LinkedHashMap<>();
        for (PersistentVolumeClaim claim : spec.volumeClaimTemplates()) {
            String name = text(claim.metadata().name());
            volumes.put(name, claimed(name));
        }
        List<Volume> all = new ArrayList<>(volumes.values());
        template.spec().volumes().stream()
                .filter(volume -> !volumes.containsKey(text(volume.name())))
                .forEach(all::add);
        PodSpec pods = PodSpecBuilder.builder(template.spec())
                .hostname(null)
                .subdomain(null)
                .volumes(all)
                .build();
        return new PodTemplateSpec(template.metadata(), pods);
    }

    private static Volume claimed(String name) {
        return VolumeBuilder.builder()
                .name(name)
                .persistentVolumeClaim(new PersistentVolumeClaimVolumeSource(name, null))
                .build();
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

    @Override
    public void validateStatusTree(JsonNode object, JsonNode old, FieldErrors errors) {
        StatusCounts.of(object, errors)
                .nonNegative(
                        "replicas",
                        "readyReplicas",
                        "currentReplicas",
                        "updatedReplicas",
                        "availableReplicas",
                        "observedGeneration",
                        "collisionCount")
                .notAbove(
                        "replicas",
                        "status.replicas",
                        "readyReplicas",
                        "currentReplicas",
                        "updatedReplicas",
                        "availableReplicas")
                .notAbove("readyReplicas", "status.readyReplicas", "availableReplicas")
                .notDecremented("collisionCount", old);
    }
}
