package io.gantry.scheduler.plugins;

import io.gantry.api.decode.Arguments;
import java.time.Duration;

/// Arguments of `VolumeBinding`.
///
/// @param bindTimeout how long a pod waits for its claims to be bound
record VolumeBindingArgs(Duration bindTimeout) {
    private static final int DEFAULT_SECONDS = 600;

    static final VolumeBindingArgs DEFAULT = new VolumeBindingArgs(Duration.ofSeconds(DEFAULT_SECONDS));

    static VolumeBindingArgs read(Arguments arguments) {
        int seconds = arguments.integer("bindTimeoutSeconds", DEFAULT_SECONDS, 0, Integer.MAX_VALUE);
        if (arguments.has("shape")) {
            arguments.mistake(
                    "shape",
                    "Invalid value: unexpected field `shape`, remove it or turn on the feature gate "
                            + "StorageCapacityScoring");
        }
        return new VolumeBindingArgs(Duration.ofSeconds(seconds));
    }
}
