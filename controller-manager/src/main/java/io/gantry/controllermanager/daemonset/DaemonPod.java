package io.gantry.controllermanager.daemonset;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.apps.v1.daemonset.DaemonSet;
import io.gantry.api.apps.v1.daemonset.DaemonSetKind;
import io.gantry.api.apps.v1.daemonset.DaemonSetRules;
import io.gantry.api.core.v1.pod.Affinity;
import io.gantry.api.core.v1.pod.NodeAffinity;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.NodeSelectorRequirement;
import io.gantry.api.core.v1.pod.NodeSelectorTerm;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.PodControl;
import io.gantry.controllermanager.history.Revisions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pod of a DaemonSet for one node: the template, with that node as its only choice.
final class DaemonPod {
    /// Of the template; what decides is the hash.
    private static final String GENERATION = "pod-template-generation";

    private DaemonPod() {}

    static Pod of(DaemonSet set, String node, String hash) {
        Pod pod = PodControl.fromTemplate(
                set.spec().template(), set, Owners.controllerReference(DaemonSetKind.KIND, set));
        Map<String, String> labels = new LinkedHashMap<>(pod.metadata().labels());
        String generation = text(set.metadata().annotations().get(DaemonSetRules.TEMPLATE_GENERATION));
        if (!generation.isEmpty()) {
            labels.put(GENERATION, generation);
        }
        labels.put(Revisions.HASH, hash);
        return PodBuilder.builder(pod)
                .metadata(
                        ObjectMetaBuilder.builder(pod.metadata()).labels(labels).build())
                .spec(PodSpecBuilder.builder(pod.spec())
                        .affinity(pinned(pod.spec().affinity(), node))
                        .tolerations(DaemonTolerations.of(pod.spec()))
                        .build())
                .build();
    }

    /// Replaces what nodes the template's affinity requires: the plan has checked that already.
    private static Affinity pinned(@Nullable Affinity affinity, String node) {
        NodeSelectorTerm term = new NodeSelectorTerm(
                List.of(), List.of(new NodeSelectorRequirement("metadata.name", "In", List.of(node))));
        NodeAffinity before = affinity == null ? null : affinity.nodeAffinity();
        NodeAffinity pinned = new NodeAffinity(
                new NodeSelector(List.of(term)),
                before == null ? List.of() : before.preferredDuringSchedulingIgnoredDuringExecution());
        return affinity == null
                ? new Affinity(pinned, null, null)
                : new Affinity(pinned, affinity.podAffinity(), affinity.podAntiAffinity());
    }
}
