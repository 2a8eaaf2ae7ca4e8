package io.gantry.apiserver.resourcemetrics;

import io.gantry.apiserver.resourcemetrics.Sample.Point;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Reads a kubelet's `/stats/summary` (upstream `k8s.io/kubelet/pkg/apis/stats/v1alpha1`). Pure.
final class SummaryReader {
    private SummaryReader() {}

    static Sample read(JsonNode summary) {
        Map<String, Map<String, Point>> pods = new HashMap<>();
        for (JsonNode pod : summary.path("pods")) {
            JsonNode reference = pod.path("podRef");
            String key = reference.path("namespace").asString("") + "/"
                    + reference.path("name").asString("");
            Map<String, Point> containers = new LinkedHashMap<>();
            for (JsonNode container : pod.path("containers")) {
                point(container)
                        .ifPresent(
                                point -> containers.put(container.path("name").asString(""), point));
            }
            pods.put(key, containers);
        }
        return new Sample(point(summary.path("node")), pods);
    }

    /// Empty where memory or the time is not known: then nothing is reported, as by metrics-server.
    private static Optional<Point> point(JsonNode stats) {
        JsonNode cpu = stats.path("cpu");
        JsonNode memory = stats.path("memory").path("workingSetBytes");
        Optional<Instant> at = time(cpu.path("time").asString(""));
        if (at.isEmpty() || !memory.isNumber()) {
            return Optional.empty();
        }
        return Optional.of(new Point(
                at.get(),
                number(cpu.path("usageCoreNanoSeconds")),
                number(cpu.path("usageNanoCores")),
                memory.asLong()));
    }

    private static OptionalLong number(JsonNode value) {
        return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
