package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Duration;

/// Lets a pod that has a node go on to be bound, refuses it, or holds it for a while.
public interface PermitPlugin extends Plugin {
    /// Runs on the scheduling thread and must be quick.
    Permission permit(PodInfo pod, String node);

    /// What is decided about a pod.
    sealed interface Permission {
        Permission ALLOW = new Allow();

        record Allow() implements Permission {}

        /// The pod goes back into the queue.
        record Deny(String reason) implements Permission {}

        /// The pod keeps its node and waits until the plugin allows it in [Permits]; it is refused
        /// after the time-out, which is at most [Permits#MAX_WAIT].
        record Wait(Duration timeout) implements Permission {}
    }
}
