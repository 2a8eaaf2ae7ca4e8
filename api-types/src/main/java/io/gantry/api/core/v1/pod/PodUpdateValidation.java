package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What an update may change in a pod's spec: almost nothing (upstream `ValidatePodUpdate`).
final class PodUpdateValidation {
    private static final String ALLOWED = "pod updates may not change fields other than"
            + " `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
            + "`spec.tolerations` (only additions to existing tolerations),"
            + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
    private static final int MAX_DIFFERENCES = 20;

    private PodUpdateValidation() {}

    static void check(PodSpec spec, PodSpec old, FieldErrors errors) {
        if (spec.containers().size() != old.containers().size()) {
            errors.forbidden("spec.containers", "pod updates may not add or remove containers");
            return;
        }
        if (spec.initContainers().size() != old.initContainers().size()) {
            errors.forbidden("spec.initContainers", "pod updates may not add or remove containers");
            return;
        }
        deadline(spec.activeDeadlineSeconds(), old.activeDeadlineSeconds(), errors);
        tolerations(spec.tolerations(), old.tolerations(), errors);
        schedulingGates(spec, old, errors);
        if (errors.isEmpty()) {
            rest(spec, old, errors);
        }
    }

    private static void deadline(@Nullable Long deadline, @Nullable Long old, FieldErrors errors) {
        if (old == null) {
            return;
        }
        if (deadline == null) {
            errors.invalid(
                    "spec.activeDeadlineSeconds", deadline, "must not update from a positive integer to nil value");
        } else if (deadline > old) {
            errors.invalid("spec.activeDeadlineSeconds", deadline, "must be less than or equal to previous value");
        }
    }

    private static void tolerations(List<Toleration> tolerations, List<Toleration> old, FieldErrors errors) {
        for (Toleration kept : old) {
            if (tolerations.stream().noneMatch(t -> withoutSeconds(t).equals(withoutSeconds(kept)))) {
                errors.forbidden(
                        "spec.tolerations", "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
    }

    private static Toleration withoutSeconds(Toleration toleration) {
        return TolerationBuilder.builder(toleration).tolerationSeconds(null).build();
    }

    private static void schedulingGates(PodSpec spec, PodSpec old, FieldErrors errors) {
        Set<String> known = new HashSet<>();
        old.schedulingGates().forEach(g -> known.add(text(g.name())));
        for (PodSchedulingGate gate : spec.schedulingGates()) {
            if (!known.contains(text(gate.name()))) {
                errors.forbidden(
                        "spec.schedulingGates",
                        "only deletion is allowed, but found new scheduling gate '" + gate.name() + "'");
            }
        }
    }

    private static void rest(PodSpec spec, PodSpec old, FieldErrors errors) {
        boolean gated = !old.schedulingGates().isEmpty();
        PodSpecBuilder munged = PodSpecBuilder.builder(spec)
                .containers(withImages(spec.containers(), old.containers()))
                .initContainers(withImages(spec.initContainers(), old.initContainers()))
                .activeDeadlineSeconds(old.activeDeadlineSeconds())
                .tolerations(old.tolerations())
                .schedulingGates(old.schedulingGates());
        Long oldGrace = old.terminationGracePeriodSeconds();
        if (oldGrace != null && oldGrace < 0 && Objects.equals(spec.terminationGracePeriodSeconds(), 1L)) {
            munged.terminationGracePeriodSeconds(oldGrace);
        }
        if (gated
                && spec.nodeSelector().entrySet().containsAll(old.nodeSelector().entrySet())) {
            munged.nodeSelector(old.nodeSelector());
        }
        if (gated) {
            munged.affinity(GatedAffinity.munged(spec.affinity(), old.affinity(), errors));
        }
        PodSpec compared = munged.build();
        if (!compared.equals(old)) {
            errors.forbidden("spec", ALLOWED + "\n" + differences(compared, old));
        }
    }

    private static List<Container> withImages(List<Container> containers, List<Container> old) {
        List<Container> result = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
            result.add(ContainerBuilder.builder(containers.get(i))
                    .image(old.get(i).image())
                    .build());
        }
        return result;
    }

    private static String differences(PodSpec spec, PodSpec old) {
        List<String> lines = new ArrayList<>();
        compare("spec", Json.MAPPER.valueToTree(spec), Json.MAPPER.valueToTree(old), lines);
        return String.join("\n", lines) + "\n";
    }

    private static void compare(String path, JsonNode now, JsonNode before, List<String> lines) {
        if (now.equals(before) || lines.size() >= MAX_DIFFERENCES) {
            return;
        }
        if (now.isObject() && before.isObject()) {
            Set<String> names = new TreeSet<>(now.propertyNames());
            names.addAll(before.propertyNames());
            names.forEach(name -> compare(path + "." + name, now.path(name), before.path(name), lines));
        } else if (now.isArray() && before.isArray() && now.size() == before.size()) {
            for (int i = 0; i < now.size(); i++) {
                compare(path + "[" + i + "]", now.path(i), before.path(i), lines);
            }
        } else {
            lines.add("- " + path + ": " + (before.isMissingNode() ? "(unset)" : before));
            lines.add("+ " + path + ": " + (now.isMissingNode() ? "(unset)" : now));
        }
    }
}
