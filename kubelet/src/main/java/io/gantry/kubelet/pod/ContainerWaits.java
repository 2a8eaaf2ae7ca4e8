package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.schema.GoDurations;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeContainer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why containers of a pod wait to be started, and until when: ended ones for their back-off, those that could not be
/// started for the next try. One owner thread.
final class ContainerWaits {
    private static final Duration CRASH_FIRST = Duration.ofSeconds(10);
    private static final Duration CRASH_LONGEST = Duration.ofMinutes(5);
    private static final Duration PULL_AGAIN = Duration.ofSeconds(1);

    private final PodContext context;
    private final BackOff crashes = new BackOff(CRASH_FIRST, CRASH_LONGEST);
    private final Map<String, StartFailure> failures = new HashMap<>();
    private final Map<String, Instant> retries = new HashMap<>();

    ContainerWaits(PodContext context) {
        this.context = context;
    }

    /// Why containers wait, by name.
    Map<String, StartFailure> failures() {
        return Map.copyOf(failures);
    }

    /// Nothing is to be started.
    void none() {
        failures.clear();
    }

    /// All containers start anew.
    void restart() {
        failures.clear();
        retries.clear();
    }

    /// Whether the container waits for its back-off or for a retry; an event tells of a back-off that begins.
    boolean holdBack(Pod pod, ObservedPod observed, PodContainer container) {
        Instant now = context.clock().instant();
        Optional<RuntimeContainer> ended = observed.lastEnded(container.name());
        StartFailure before = failures.get(container.name());
        if (ended.isPresent()) {
            String key = crashKey(container);
            Duration left = crashes.remaining(key, ended.get().finishedAt(), now);
            if (left.isPositive()) {
                if (before == null || !before.reason().equals("CrashLoopBackOff")) {
                    crashLoop(pod, container, crashes.delay(key));
                }
                return true;
            }
        }
        Instant tryAt = retries.get(container.name());
        return tryAt != null && now.isBefore(tryAt);
    }

    private static String crashKey(PodContainer container) {
        return container.name() + "_" + container.hash();
    }

    private void crashLoop(Pod pod, PodContainer container, Duration delay) {
        context.events()
                .warning(
                        pod,
                        container.fieldPath(),
                        "BackOff",
                        "Back-off restarting failed container " + container.name() + " in pod " + PodIdentity.of(pod));
        failures.put(
                container.name(),
                new StartFailure(
                        "CrashLoopBackOff",
                        "back-off " + GoDurations.text(delay) + " restarting failed container=" + container.name()
                                + " pod=" + PodIdentity.of(pod)));
    }

    /// How long until one of the containers is to be tried; zero for at once, [PodSync#FOREVER] where there are none.
    Duration nextTry(ObservedPod observed, List<PodContainer> starts) {
        Instant now = context.clock().instant();
        Duration next = PodSync.FOREVER;
        for (PodContainer container : starts) {
            Duration left = observed.lastEnded(container.name())
                    .map(c -> crashes.remaining(crashKey(container), c.finishedAt(), now))
                    .orElse(Duration.ZERO);
            Instant tryAt = retries.get(container.name());
            if (tryAt != null && now.plus(left).isBefore(tryAt)) {
                left = Duration.between(now, tryAt);
            }
            next = left.compareTo(next) < 0 ? left : next;
        }
        return next;
    }

    /// The container is tried now.
    void begin(ObservedPod observed, PodContainer container) {
        Instant now = context.clock().instant();
        observed.lastEnded(container.name()).ifPresent(c -> crashes.next(crashKey(container), c.finishedAt(), now));
    }

    /// It runs: nothing is left of why it did not.
    void started(PodContainer container) {
        failures.remove(container.name());
        retries.remove(container.name());
    }

    /// It is to be tried again; where its image could not be pulled, when the back-off of pulls allows it.
    void failed(Pod pod, PodContainer container, StartFailure failure) {
        failures.put(container.name(), failure);
        Duration pull = container
                .images(pod)
                .map(image -> context.images().remaining(pod, image))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        boolean firstPullFailure = failure.reason().equals("ErrImagePull");
        Duration wait = firstPullFailure ? PULL_AGAIN : pull.isPositive() ? pull : PodSync.RETRY;
        retries.put(container.name(), context.clock().instant().plus(wait));
    }
}
