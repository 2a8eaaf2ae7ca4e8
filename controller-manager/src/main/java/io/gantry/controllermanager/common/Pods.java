package io.gantry.controllermanager.common;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What controllers ask of a pod.
public final class Pods {
    private Pods() {}

    public static String phase(Pod pod) {
        return text(pod.status().phase());
    }

    /// Succeeded or Failed.
    public static boolean isFinished(Pod pod) {
        return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
    }

    public static boolean isTerminating(Pod pod) {
        return pod.metadata().deletionTimestamp() != null;
    }

    /// Neither finished nor being deleted.
    public static boolean isActive(Pod pod) {
        return !isFinished(pod) && !isTerminating(pod);
    }

    public static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.status().conditions().stream()
                .filter(c -> c.type().equals(type))
                .findFirst();
    }

    public static boolean isReady(Pod pod) {
        return condition(pod, "Ready").map(c -> c.status().equals("True")).orElse(false);
    }

    /// Since when the pod is ready; the epoch when it does not say.
    public static Instant readySince(Pod pod) {
        return condition(pod, "Ready").map(c -> time(c.lastTransitionTime())).orElse(Instant.EPOCH);
    }

    /// Ready for at least `minReadySeconds`.
    public static boolean isAvailable(Pod pod, int minReadySeconds, Instant now) {
        if (!isReady(pod)) {
            return false;
        }
        Instant since = readySince(pod);
        return minReadySeconds == 0
                || !since.equals(Instant.EPOCH)
                        && !since.plusSeconds(minReadySeconds).isAfter(now);
    }

    public static boolean isAssigned(Pod pod) {
        return !text(pod.spec().nodeName()).isEmpty();
    }

    /// The restarts of the container that restarted most.
    public static int maxRestarts(Pod pod) {
        return pod.status().containerStatuses().stream()
                .mapToInt(status -> number(status.restartCount()))
                .max()
                .orElse(0);
    }

    /// The same of its sidecars.
    public static int maxSidecarRestarts(Pod pod) {
        Set<String> sidecars = pod.spec().initContainers().stream()
                .filter(c -> "Always".equals(c.restartPolicy()))
                .map(Container::name)
                .collect(Collectors.toSet());
        return pod.status().initContainerStatuses().stream()
                .filter(status -> sidecars.contains(text(status.name())))
                .mapToInt(status -> number(status.restartCount()))
                .max()
                .orElse(0);
    }
}
