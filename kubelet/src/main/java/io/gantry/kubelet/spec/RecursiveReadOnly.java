package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.VolumeMount;
import java.util.Optional;

/// Mounts that are read-only with all that is mounted below them (KEP-3857; upstream `resolveRecursiveReadOnly`).
/// No runtime is asked for them: who insists is refused, and who takes what is possible gets a plain one.
public final class RecursiveReadOnly {
    private RecursiveReadOnly() {}

    static void requirePossible(VolumeMount mount) throws SpecFailure {
        if ("Enabled".equals(mount.recursiveReadOnly())) {
            throw new SpecFailure("failed to resolve recursive read-only mode: volume \"" + mount.name()
                    + "\" requested recursive read-only mode, but it is not supported by the runtime");
        }
    }

    /// What a container's status says of a mount; empty where it can be written to.
    public static Optional<String> shown(VolumeMount mount) {
        return Boolean.TRUE.equals(mount.readOnly()) ? Optional.of("Disabled") : Optional.empty();
    }
}
