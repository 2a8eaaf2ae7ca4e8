package io.gantry.controllermanager.deployment;

import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import java.util.Map;

/// One step of a rollout.
sealed interface Action {
    /// Make the ReplicaSet of the current template.
    record Create(ReplicaSet set) implements Action {}

    /// Change size and annotations.
    record Scale(ReplicaSet set, int replicas, Map<String, String> annotations) implements Action {}

    /// Bring annotations and minReadySeconds of the current ReplicaSet up to date.
    record Refresh(ReplicaSet set, Map<String, String> annotations, int minReadySeconds) implements Action {}

    /// Remove an old ReplicaSet beyond the history limit.
    record Delete(ReplicaSet set) implements Action {}
}
