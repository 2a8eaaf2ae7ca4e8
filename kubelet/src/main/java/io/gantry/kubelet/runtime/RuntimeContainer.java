package io.gantry.kubelet.runtime;

import io.gantry.api.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A container as observed.
///
/// @param attempt the restart count it was created with
/// @param image as the pod names it; `imageRef` is by digest
/// @param reason `Completed`, `Error`, `OOMKilled` or what the runtime says
/// @param startedAt and `finishedAt` are the epoch where not so
public record RuntimeContainer(
        String id,
        String sandboxId,
        PodIdentity pod,
        String name,
        int attempt,
        RunState state,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,
        int exitCode,
        String reason,
        String message,
        String image,
        String imageRef,
        String logPath,
        List<MountSpec> mounts,
        Map<String, String> annotations) {
    public RuntimeContainer {
        mounts = List.copyOf(mounts);
        annotations = Copies.map(annotations);
    }

    public boolean running() {
        return state == RunState.RUNNING;
    }
}
