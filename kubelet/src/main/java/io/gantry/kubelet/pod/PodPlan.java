package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.kubelet.runtime.RuntimeContainer;
import java.util.List;
import java.util.Optional;

/// What is to be done next for a pod that should run. Pure: see [PodPlanner].
///
/// @param stopPod everything that runs in the pod is to be stopped first, sandbox included
/// @param sandboxAttempt present when a new sandbox is to be run, with its attempt number
/// @param kills containers to stop
/// @param starts containers to start, in this order
/// @param resizes running containers that get other amounts
/// @param resets containers to kill at once and to remove, in this order, before the pod begins again
public record PodPlan(
        boolean stopPod,
        Optional<Integer> sandboxAttempt,
        List<Kill> kills,
        List<PodContainer> starts,
        List<Resize> resizes,
        List<RuntimeContainer> resets) {
    /// A container to stop and why, as the Killing event says it.
    public record Kill(RuntimeContainer container, String message, Reason reason) {}

    /// A container to change while it runs.
    ///
    /// @param container with the amounts it is to have
    /// @param before what it has
    public record Resize(RuntimeContainer running, PodContainer container, ResourceRequirements before) {}

    /// Which grace applies to a stop.
    public enum Reason {
        LIVENESS,
        STARTUP,
        OTHER
    }

    public PodPlan {
        kills = List.copyOf(kills);
        starts = List.copyOf(starts);
        resizes = List.copyOf(resizes);
        resets = List.copyOf(resets);
    }

    /// Everything stops, and nothing is started.
    static PodPlan stop() {
        return new PodPlan(true, Optional.empty(), List.of(), List.of(), List.of(), List.of());
    }

    /// These are removed, and nothing else happens.
    static PodPlan reset(List<RuntimeContainer> containers) {
        return new PodPlan(false, Optional.empty(), List.of(), List.of(), List.of(), containers);
    }

    public boolean isEmpty() {
        return !stopPod
                && sandboxAttempt.isEmpty()
                && kills.isEmpty()
                && starts.isEmpty()
                && resizes.isEmpty()
                && resets.isEmpty();
    }
}
