package io.gantry.controllermanager.statefulset;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSetOrdinals;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimBuilder;
import io.gantry.api.core.v1.pod.PersistentVolumeClaimVolumeSource;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.core.v1.pod.VolumeBuilder;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.PodControl;
import io.gantry.controllermanager.history.Revisions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// What a pod of a StatefulSet keeps for life: its ordinal, name, host name and claims.
final class Identity {
    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private Identity() {}

    /// The number at the end of a pod's name; empty when it is no pod of the set.
    static OptionalInt ordinal(StatefulSet set, Pod pod) {
        String prefix = set.metadata().name() + "-";
        String name = text(pod.metadata().name());
        try {
            return name.startsWith(prefix)
                    ? OptionalInt.of(Integer.parseInt(name.substring(prefix.length())))
                    : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /// The first ordinal.
    static int start(StatefulSet set) {
        StatefulSetOrdinals ordinals = set.spec().ordinals();
        return ordinals == null ? 0 : number(ordinals.start());
    }

    static String podName(StatefulSet set, int ordinal) {
        return set.metadata().name() + "-" + ordinal;
    }

    static String claimName(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        return template.metadata().name() + "-" + podName(set, ordinal);
    }

    /// The claims of one pod, to be created where they do not exist.
    static List<PersistentVolumeClaim> claims(StatefulSet set, int ordinal) {
        return set.spec().volumeClaimTemplates().stream()
                .map(template -> claim(set, template, ordinal))
                .toList();
    }

    private static PersistentVolumeClaim claim(StatefulSet set, PersistentVolumeClaim template, int ordinal) {
        Map<String, String> labels = new LinkedHashMap<>(template.metadata().labels());
        labels.putAll(set.spec().selector().matchLabels());
        return PersistentVolumeClaimBuilder.builder(template)
                .metadata(ObjectMetaBuilder.builder(template.metadata())
                        .namespace(text(set.metadata().namespace()))
                        .name(claimName(set, template, ordinal))
                        .labels(labels)
                        .build())
                .build();
    }

    /// The pod of an ordinal, from the template of one revision.
    static Pod pod(StatefulSet set, PodTemplateSpec template, String revision, int ordinal) {
        Pod pod = PodControl.fromTemplate(template, set, Owners.controllerReference(StatefulSetKind.KIND, set));
        String name = podName(set, ordinal);
        Map<String, String> labels = new LinkedHashMap<>(pod.metadata().labels());
        labels.put(POD_NAME, name);
        labels.put(POD_INDEX, Integer.toString(ordinal));
        labels.put(Revisions.HASH, revision);
        return PodBuilder.builder(pod)
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(text(set.metadata().namespace()))
                        .name(name)
                        .labels(labels)
                        .annotations(pod.metadata().annotations())
                        .finalizers(pod.metadata().finalizers())
                        .ownerReferences(pod.metadata().ownerReferences())
                        .build())
                .spec(PodSpecBuilder.builder(pod.spec())
                        .hostname(name)
                        .subdomain(text(set.spec().serviceName()))
                        .volumes(volumes(set, pod, ordinal))
                        .build())
                .build();
    }

    /// The labels of its identity that a pod of the set does not have right.
    static Map<String, String> missingLabels(StatefulSet set, Pod pod) {
        Map<String, String> missing = new LinkedHashMap<>();
        ordinal(set, pod).ifPresent(ordinal -> {
            missing.put(POD_NAME, podName(set, ordinal));
            missing.put(POD_INDEX, Integer.toString(ordinal));
        });
        missing.entrySet()
                .removeIf(l -> l.getValue().equals(pod.metadata().labels().get(l.getKey())));
        return missing;
    }

    private static List<Volume> volumes(StatefulSet set, Pod pod, int ordinal) {
        List<Volume> volumes = new ArrayList<>();
        Set<String> claimed = set.spec().volumeClaimTemplates().stream()
                .map(t -> text(t.metadata().name()))
                .collect(Collectors.toSet());
        for (PersistentVolumeClaim template : set.spec().volumeClaimTemplates()) {
            volumes.add(VolumeBuilder.builder()
                    .name(text(template.metadata().name()))
                    .persistentVolumeClaim(
                            new PersistentVolumeClaimVolumeSource(claimName(set, template, ordinal), false))
                    .build());
        }
        pod.spec().volumes().stream().filter(v -> !claimed.contains(v.name())).forEach(volumes::add);
        return volumes;
    }
}
