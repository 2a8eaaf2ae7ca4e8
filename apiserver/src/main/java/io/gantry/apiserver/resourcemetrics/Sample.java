package io.gantry.apiserver.resourcemetrics;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a kubelet said of itself at one time.
///
/// @param pods containers by name, by `namespace/name`
record Sample(Optional<Point> node, Map<String, Map<String, Point>> pods) {
    static final Sample NONE = new Sample(Optional.empty(), Map.of());

    /// @param cpuNanos processor time since the start, in nanoseconds
    /// @param nanoCores what the kubelet itself reckons that it uses now
    record Point(Instant at, OptionalLong cpuNanos, OptionalLong nanoCores, long memoryBytes) {}

    /// What a container was at that time.
    Optional<Point> container(String pod, String name) {
        return Optional.ofNullable(pods.getOrDefault(pod, Map.of()).get(name));
    }
}
