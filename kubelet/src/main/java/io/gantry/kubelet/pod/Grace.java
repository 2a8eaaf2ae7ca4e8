package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Probe;
import java.time.Duration;
import java.util.Objects;

/// How long containers have to end by themselves. Pure.
public final class Grace {
    /// Less than this is never given, so that a container sees its signal.
    static final Duration MINIMUM = Duration.ofSeconds(2);

    private static final long DEFAULT_SECONDS = 30;

    private Grace() {}

    /// The deletion's, else the pod's own.
    public static Duration of(Pod pod) {
        Long deletion = pod.metadata().deletionTimestamp() == null
                ? null
                : pod.metadata().deletionGracePeriodSeconds();
        Long own = pod.spec().terminationGracePeriodSeconds();
        long seconds = deletion != null ? deletion : Objects.requireNonNullElse(own, DEFAULT_SECONDS);
        return Duration.ofSeconds(seconds);
    }

    /// A probe may give its own time to a container that it ends.
    public static Duration of(Pod pod, PodContainer container, PodPlan.Reason reason) {
        Probe probe = switch (reason) {
            case LIVENESS -> container.spec().livenessProbe();
            case STARTUP -> container.spec().startupProbe();
            case OTHER -> null;
        };
        Long own = probe == null ? null : probe.terminationGracePeriodSeconds();
        return own == null || pod.metadata().deletionTimestamp() != null ? of(pod) : Duration.ofSeconds(own);
    }
}
