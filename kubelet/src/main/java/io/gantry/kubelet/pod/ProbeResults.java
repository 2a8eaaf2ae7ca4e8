package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import java.util.Map;

/// The latest results of the probes of one pod, by container id. Immutable.
public record ProbeResults(Map<String, Results> byContainerId) {
    public static final ProbeResults NONE = new ProbeResults(Map.of());

    public ProbeResults {
        byContainerId = Map.copyOf(byContainerId);
    }

    /// A probe's latest result, after thresholds.
    public enum Result {
        UNKNOWN,
        SUCCESS,
        FAILURE
    }

    /// The three probes of one container. Before its first result a readiness probe counts as failed, a liveness probe
    /// as succeeded, a startup probe as neither.
    public record Results(Result startup, Result liveness, Result readiness) {
        public static final Results INITIAL = new Results(Result.UNKNOWN, Result.SUCCESS, Result.FAILURE);
    }

    private Results of(String containerId) {
        return byContainerId.getOrDefault(containerId, Results.INITIAL);
    }

    /// Whether a running container has started, as its startup probe sees it.
    public boolean started(Container container, String containerId) {
        return container.startupProbe() == null || of(containerId).startup() == Result.SUCCESS;
    }

    /// Whether a running, started container is ready.
    public boolean ready(Container container, String containerId) {
        return container.readinessProbe() == null || of(containerId).readiness() == Result.SUCCESS;
    }

    public boolean livenessFailed(Container container, String containerId) {
        return container.livenessProbe() != null && of(containerId).liveness() == Result.FAILURE;
    }

    public boolean startupFailed(Container container, String containerId) {
        return container.startupProbe() != null && of(containerId).startup() == Result.FAILURE;
    }
}
