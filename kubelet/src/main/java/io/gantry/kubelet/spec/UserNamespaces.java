package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.Pod;

/// User namespaces of pods (KEP-127; upstream `userns_manager.go`). No runtime is asked for them, so a pod that wants
/// one does not start: in the host's namespace its root would be the host's, which Pod Security takes it not to be.
public final class UserNamespaces {
    private UserNamespaces() {}

    /// @param handler the runtime's handler; empty for the default
    public static void requireNone(Pod pod, String handler) throws SpecFailure {
        if (Boolean.FALSE.equals(pod.spec().hostUsers())) {
            String who = handler.isEmpty() ? "runtime" : "RuntimeClass handler \"" + handler + "\"";
            throw new SpecFailure("can't set `spec.hostUsers: false`, " + who + " does not support user namespaces");
        }
    }
}
