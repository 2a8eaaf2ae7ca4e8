package io.gantry.kubelet.simulated;

import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.SandboxSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One container on a clock. Guarded by its runtime's lock.
final class SimulatedContainer {
    private static final int TERMINATED = 143;

    private final String id;
    private final String sandboxId;
    private final ContainerSpec spec;
    private final SandboxSpec sandbox;
    private final Instant createdAt;
    private Instant startedAt = Instant.EPOCH;
    private Instant stoppedAt = Instant.MAX;

    SimulatedContainer(String id, String sandboxId, ContainerSpec spec, SandboxSpec sandbox, Instant createdAt) {
        this.id = id;
        this.sandboxId = sandboxId;
        this.spec = spec;
        this.sandbox = sandbox;
        this.createdAt = createdAt;
    }

    String sandboxId() {
        return sandboxId;
    }

    void start(Instant now) {
        startedAt = now;
    }

    void stop(Instant now) {
        if (state(now) == RunState.RUNNING) {
            stoppedAt = now;
        }
    }

    /// How long it runs by itself; empty for ever.
    Optional<Duration> life() {
        if ("INIT".equals(spec.annotations().get(RuntimeLabels.ROLE))) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.ofNullable(sandbox.annotations().get(SimulatedRuntime.RUN_SECONDS))
                .map(seconds -> Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000)));
    }

    private boolean ownEnd(Instant now) {
        return life().filter(life -> !now.isBefore(startedAt.plus(life)) && !stoppedAt.isBefore(startedAt.plus(life)))
                .isPresent();
    }

    private RunState state(Instant now) {
        if (startedAt.equals(Instant.EPOCH)) {
            return RunState.CREATED;
        }
        return ownEnd(now) || !now.isBefore(stoppedAt) ? RunState.EXITED : RunState.RUNNING;
    }

    RuntimeContainer observe(Instant now) {
        RunState state = state(now);
        boolean own = ownEnd(now);
        boolean init = "INIT".equals(spec.annotations().get(RuntimeLabels.ROLE));
        int code = own
                ? init ? 0 : Integer.parseInt(sandbox.annotations().getOrDefault(SimulatedRuntime.EXIT_CODE, "0"))
                : TERMINATED;
        boolean exited = state == RunState.EXITED;
        return new RuntimeContainer(
                id,
                sandboxId,
                sandbox.pod(),
                spec.name(),
                spec.attempt(),
                state,
                createdAt,
                startedAt,
                !exited ? Instant.EPOCH : own ? startedAt.plus(life().orElse(Duration.ZERO)) : stoppedAt,
                exited ? code : 0,
                exited ? (code == 0 ? "Completed" : "Error") : "",
                "",
                spec.userImage(),
                spec.image(),
                "",
                spec.mounts(),
                spec.annotations());
    }
}
