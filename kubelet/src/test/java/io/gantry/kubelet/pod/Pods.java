package io.gantry.kubelet.pod;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.Sandbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Pods and observations for tests.
final class Pods {
    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final PodIdentity ID = new PodIdentity("default", "p", "u");

    private Pods() {}

    /// A pod from its spec in JSON with single quotes.
    static Pod pod(String spec) {
        return Json.MAPPER.readValue(
                ("{'metadata':{'name':'p','namespace':'default','uid':'u','generation':1},'spec':" + spec + "}")
                        .replace('\'', '"'),
                Pod.class);
    }

    static Sandbox sandbox(int attempt, boolean ready) {
        return new Sandbox(
                "s" + attempt,
                ID,
                attempt,
                ready,
                T0.plusSeconds(attempt),
                List.of("10.0.0.1"),
                false,
                Map.of(),
                Map.of());
    }

    static RuntimeContainer running(String name, int attempt) {
        return container(name, attempt, RunState.RUNNING, 0, "s0");
    }

    static RuntimeContainer exited(String name, int attempt, int code) {
        return container(name, attempt, RunState.EXITED, code, "s0");
    }

    /// Runs what another spec asked for.
    static RuntimeContainer outdated(String name, int attempt) {
        return container(name, attempt, RunState.RUNNING, 0, "s0", Map.of(RuntimeLabels.HASH, "another"));
    }

    static RuntimeContainer container(String name, int attempt, RunState state, int code, String sandbox) {
        return container(name, attempt, state, code, sandbox, Map.of());
    }

    private static RuntimeContainer container(
            String name, int attempt, RunState state, int code, String sandbox, Map<String, String> annotations) {
        boolean ended = state == RunState.EXITED;
        return new RuntimeContainer(
                name + "-" + attempt,
                sandbox,
                ID,
                name,
                attempt,
                state,
                T0,
                T0,
                ended ? T0.plusSeconds(5) : Instant.EPOCH,
                code,
                ended ? (code == 0 ? "Completed" : "Error") : "",
                "",
                "i",
                "i@sha256:1",
                "",
                List.of(),
                annotations);
    }
}
