package io.gantry.kubelet.node;

import io.gantry.kubelet.runtime.RuntimeHealth;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.RuntimeVersion;
import java.util.List;
import java.util.Optional;

/// What a node status is made from, at one time.
///
/// @param volumesInUse volumes that may not be detached, by their unique names
/// @param runtimeFailure why the runtime does not answer; empty when it does
public record NodeObservation(
        RuntimeHealth health,
        RuntimeVersion version,
        List<RuntimeImage> images,
        Optional<String> runtimeFailure,
        Pressure pressure,
        List<String> volumesInUse,
        PluginResources plugins) {
    public NodeObservation {
        images = List.copyOf(images);
        volumesInUse = List.copyOf(volumesInUse);
    }

    /// What the node finds out beside its runtime. Called by one thread; may block.
    public interface Means {
        Pressure pressure();

        List<String> volumesInUse();

        PluginResources plugins();
    }

    /// What is short on the node.
    public record Pressure(boolean memory, boolean disk, boolean pids) {
        public static final Pressure NONE = new Pressure(false, false, false);
    }

    /// Why pods cannot be run, as the Ready condition says it; empty when they can.
    Optional<String> notReady() {
        if (runtimeFailure.isPresent()) {
            return Optional.of("container runtime is down: " + runtimeFailure.get());
        }
        if (!health.runtime().ready()) {
            return Optional.of("container runtime not ready: " + describe("RuntimeReady", health.runtime()));
        }
        return networkNotReady();
    }

    Optional<String> networkNotReady() {
        return health.network().ready()
                ? Optional.empty()
                : Optional.of("container runtime network not ready: " + describe("NetworkReady", health.network()));
    }

    private static String describe(String type, RuntimeHealth.Condition condition) {
        return type + "=false reason:" + condition.reason() + " message:" + condition.message();
    }
}
