package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.LifecycleHandler;
import java.time.Duration;

/// Runs lifecycle hooks.
public interface Hooks {
    /// Runs a hook to its end, or until the limit.
    ///
    /// @throws HookFailure with what users see
    void run(LifecycleHandler hook, Container container, String containerId, String podIp, Duration limit)
            throws HookFailure;

    /// A hook failed.
    final class HookFailure extends Exception {
        public HookFailure(String message) {
            super(message);
        }
    }
}
