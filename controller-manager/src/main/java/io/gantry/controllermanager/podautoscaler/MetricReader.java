package io.gantry.controllermanager.podautoscaler;

import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.GoDurations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Reads what metrics APIs answer. Pure.
final class MetricReader {
    private static final Duration CUSTOM_WINDOW = Duration.ofMinutes(1);

    private MetricReader() {}

    /// PodMetrics: pods of which not all is known are left out.
    ///
    /// @param container whose use counts; empty for all of a pod
    static Map<String, PodMetric> resource(JsonNode items, String resource, String container) {
        Map<String, PodMetric> metrics = new HashMap<>();
        for (JsonNode pod : items) {
            OptionalLong used = used(pod.path("containers"), resource, container);
            if (used.isPresent()) {
                metrics.put(
                        name(pod.path("metadata")),
                        new PodMetric(time(pod.path("timestamp")), window(pod.path("window")), used.getAsLong()));
            }
        }
        return metrics;
    }

    private static OptionalLong used(JsonNode containers, String resource, String wanted) {
        long sum = 0;
        boolean found = false;
        for (JsonNode container : containers) {
            if (!wanted.isEmpty() && !wanted.equals(name(container))) {
                continue;
            }
            JsonNode value = container.path("usage").path(resource);
            if (value.isMissingNode()) {
                return OptionalLong.empty();
            }
            sum += milli(value);
            found = true;
        }
        return found ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    /// A MetricValueList of either version, of pods.
    static Map<String, PodMetric> custom(JsonNode items) {
        Map<String, PodMetric> metrics = new HashMap<>();
        for (JsonNode item : items) {
            JsonNode window = item.path("windowSeconds").isNumber() ? item.path("windowSeconds") : item.path("window");
            metrics.put(
                    name(item.path("describedObject")),
                    new PodMetric(
                            time(item.path("timestamp")),
                            window.isNumber() ? Duration.ofSeconds(window.asLong()) : CUSTOM_WINDOW,
                            milli(item.path("value"))));
        }
        return metrics;
    }

    /// A quantity in thousandths; 0 for what is none.
    static long milli(JsonNode quantity) {
        try {
            return Quantity.parse(quantity.asString("0")).milliValue();
        } catch (IllegalArgumentException unreadable) {
            return 0;
        }
    }

    private static String name(JsonNode object) {
        return object.path("name").asString("");
    }

    private static Duration window(JsonNode text) {
        try {
            return GoDurations.parse(text.asString(""));
        } catch (IllegalArgumentException unreadable) {
            return Duration.ZERO;
        }
    }

    private static Instant time(JsonNode text) {
        try {
            return Instant.parse(text.asString(""));
        } catch (DateTimeException unreadable) {
            return Instant.EPOCH;
        }
    }
}
