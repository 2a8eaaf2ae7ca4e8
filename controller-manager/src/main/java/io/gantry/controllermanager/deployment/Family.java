package io.gantry.controllermanager.deployment;

import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The ReplicaSets of a Deployment: the one of its current template, if it exists, and the old ones.
record Family(Optional<ReplicaSet> current, List<ReplicaSet> old) {
    static final Comparator<ReplicaSet> BY_CREATION = Comparator.comparing(
                    (ReplicaSet set) -> time(set.metadata().creationTimestamp()))
            .thenComparing(set -> text(set.metadata().name()));

    static Family of(Deployment deployment, List<ReplicaSet> owned) {
        List<ReplicaSet> sorted = owned.stream().sorted(BY_CREATION).toList();
        Optional<ReplicaSet> current =
                sorted.stream().filter(set -> isOf(set, deployment)).findFirst();
        List<ReplicaSet> old = sorted.stream()
                .filter(set -> current.isEmpty()
                        || !text(current.get().metadata().uid())
                                .equals(text(set.metadata().uid())))
                .toList();
        return new Family(current, old);
    }

    private static boolean isOf(ReplicaSet set, Deployment deployment) {
        PodTemplateSpec template = set.spec().template();
        return template != null && TemplateHash.same(template, deployment.spec().template());
    }

    List<ReplicaSet> all() {
        List<ReplicaSet> all = new ArrayList<>(old);
        current.ifPresent(all::add);
        return all;
    }

    static List<ReplicaSet> active(List<ReplicaSet> sets) {
        return sets.stream().filter(set -> Sizes.replicas(set) > 0).toList();
    }

    /// The revision of the current template: one more than every old one.
    long revision() {
        return old.stream()
                        .mapToLong(set -> Annotations.revision(set.metadata().annotations()))
                        .max()
                        .orElse(0)
                + 1;
    }
}
