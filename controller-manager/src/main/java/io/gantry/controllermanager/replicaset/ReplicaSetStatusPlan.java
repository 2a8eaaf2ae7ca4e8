package io.gantry.controllermanager.replicaset;

import static io.gantry.controllermanager.common.Fields.nonZero;
import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetCondition;
import io.gantry.api.apps.v1.replicaset.ReplicaSetConditionBuilder;
import io.gantry.api.apps.v1.replicaset.ReplicaSetStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.controllermanager.common.Labels;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The status of a ReplicaSet (upstream `replica_set_utils.go` `calculateStatus`).
final class ReplicaSetStatusPlan {
    private static final String FAILURE = "ReplicaFailure";

    private ReplicaSetStatusPlan() {}

    /// @param active pods neither finished nor going
    /// @param terminating pods going and not finished
    /// @param failure the error of the last creation or deletion, with whether it was a creation
    static ReplicaSetStatus of(
            ReplicaSet set, List<Pod> active, int terminating, Optional<Failure> failure, Instant now) {
        PodTemplateSpec template = set.spec().template();
        Map<String, String> labels =
                template == null ? Map.of() : template.metadata().labels();
        int minReady = number(set.spec().minReadySeconds());
        int labelled = 0;
        int ready = 0;
        int available = 0;
        for (Pod pod : active) {
            labelled += Labels.matches(labels, pod.metadata().labels()) ? 1 : 0;
            ready += Pods.isReady(pod) ? 1 : 0;
            available += Pods.isAvailable(pod, minReady, now) ? 1 : 0;
        }
        return new ReplicaSetStatus(
                active.size(),
                nonZero(labelled),
                nonZero(ready),
                nonZero(available),
                terminating,
                nonZero(number(set.metadata().generation())),
                conditions(set, failure, now));
    }

    /// What failed in a reconcile.
    record Failure(boolean creation, String message) {}

    private static List<ReplicaSetCondition> conditions(ReplicaSet set, Optional<Failure> failure, Instant now) {
        List<ReplicaSetCondition> old = set.status().conditions();
        boolean had = old.stream().anyMatch(c -> c.type().equals(FAILURE));
        if (failure.isPresent() == had) {
            return old;
        }
        List<ReplicaSetCondition> conditions = new ArrayList<>(old);
        conditions.removeIf(c -> c.type().equals(FAILURE));
        failure.ifPresent(f -> conditions.add(ReplicaSetConditionBuilder.builder()
                .type(FAILURE)
                .status("True")
                .lastTransitionTime(now)
                .reason(f.creation() ? "FailedCreate" : "FailedDelete")
                .message(f.message())
                .build()));
        return conditions;
    }

    /// Whether two statuses differ in anything but null against zero.
    static boolean same(ReplicaSetStatus a, ReplicaSetStatus b) {
        return number(a.replicas()) == number(b.replicas())
                && a.replicas() != null
                && number(a.fullyLabeledReplicas()) == number(b.fullyLabeledReplicas())
                && number(a.readyReplicas()) == number(b.readyReplicas())
                && number(a.availableReplicas()) == number(b.availableReplicas())
                && number(a.terminatingReplicas()) == number(b.terminatingReplicas())
                && number(a.observedGeneration()) == number(b.observedGeneration())
                && a.conditions().equals(b.conditions());
    }
}
