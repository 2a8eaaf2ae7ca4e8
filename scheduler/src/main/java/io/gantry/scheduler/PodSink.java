package io.gantry.scheduler;

import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.scheduler.plugins.PodBinding;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.Optional;

/// Where the scheduler's decisions go: the API server, or a test. Calls may block; failures are
/// [io.gantry.api.StatusException]s.
interface PodSink extends PodBinding {

    /// Sets the condition PodScheduled to False.
    ///
    /// @param nominatedNode the node that is promised to the pod, an empty text to take a promise back;
    ///     without it that stays as it is
    void notScheduled(PodInfo pod, String reason, String message, Optional<String> nominatedNode);

    /// Takes back the promise of a node.
    void clearNomination(PodInfo pod);

    /// Removes a pod to make room for another.
    ///
    /// @param message of its condition `DisruptionTarget`
    void preempt(PodInfo victim, String message);

    /// Gives up the devices of a claim that is not in use; one made for extended resources goes altogether.
    void release(ResourceClaim claim);
}
