package io.gantry.apiserver.resourcemetrics;

import io.gantry.apiserver.resourcemetrics.Sample.Point;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The use of processors out of two samples; where one is missing, the kubelet's own figure. Pure.
final class UsagePlan {
    /// What the kubelet's own figure is taken to be a mean of.
    private static final Duration KUBELETS_WINDOW = Duration.ofSeconds(10);

    private static final Duration SHORTEST = Duration.ofMillis(500);
    /// A mean over a longer time says nothing about now.
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final double NANOS = 1e9;

    private UsagePlan() {}

    /// @param before the sample before, [Sample#NONE] without one
    static NodeUsage of(Sample before, Sample now) {
        boolean complete = true;
        Map<String, Map<String, Usage>> pods = new HashMap<>();
        for (Map.Entry<String, Map<String, Point>> pod : now.pods().entrySet()) {
            Map<String, Usage> containers = new LinkedHashMap<>();
            boolean known = true;
            for (Map.Entry<String, Point> container : pod.getValue().entrySet()) {
                Optional<Usage> usage =
                        usage(before.container(pod.getKey(), container.getKey()).orElse(null), container.getValue());
                usage.ifPresent(u -> containers.put(container.getKey(), u));
                known &= usage.isPresent();
            }
            if (known && !containers.isEmpty()) {
                pods.put(pod.getKey(), containers);
            }
            complete &= known;
        }
        Optional<Usage> node = now.node().flatMap(point -> usage(before.node().orElse(null), point));
        return new NodeUsage(
                node, pods, complete && node.isPresent() == now.node().isPresent());
    }

    private static Optional<Usage> usage(@Nullable Point before, Point now) {
        if (before != null && before.cpuNanos().isPresent() && now.cpuNanos().isPresent()) {
            Duration window = Duration.between(before.at(), now.at());
            long used = now.cpuNanos().getAsLong() - before.cpuNanos().getAsLong();
            // A container that started anew counts from zero.
            if (used >= 0 && window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0) {
                long nanoCores = Math.round(used * NANOS / window.toNanos());
                return Optional.of(new Usage(now.at(), window, nanoCores, now.memoryBytes()));
            }
        }
        return now.nanoCores().isPresent()
                ? Optional.of(
                        new Usage(now.at(), KUBELETS_WINDOW, now.nanoCores().getAsLong(), now.memoryBytes()))
                : Optional.empty();
    }
}
