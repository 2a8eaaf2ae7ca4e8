package io.gantry.controllermanager.podautoscaler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.HorizontalPodAutoscalerSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What upstream's `horizontal.go` allows of a recommendation.
class SizeLimitsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String NONE = "";

    /// @param behavior as JSON, empty for none
    /// @param past `r` what was recommended, `s` by how much was scaled: `r5@60` sixty seconds ago
    private record Case(
            String name,
            String behavior,
            String past,
            int current,
            int wanted,
            int replicas,
            String able,
            String limit) {}

    private static final List<Case> CASES = List.of(
            new Case("twice as many at once", NONE, NONE, 3, 50, 6, "ReadyForNewScale", "ScaleUpLimit"),
            new Case("four at least", NONE, NONE, 1, 50, 4, "ReadyForNewScale", "ScaleUpLimit"),
            new Case("no more than allowed", NONE, NONE, 60, 150, 100, "ReadyForNewScale", "TooManyReplicas"),
            new Case("no fewer than allowed", NONE, NONE, 5, 1, 2, "ReadyForNewScale", "TooFewReplicas"),
            new Case("as recommended", NONE, NONE, 5, 4, 4, "ReadyForNewScale", "DesiredWithinRange"),
            new Case(
                    "the highest of five minutes",
                    NONE,
                    "r8@299 r9@301",
                    9,
                    4,
                    8,
                    "ScaleDownStabilized",
                    "DesiredWithinRange"),
            new Case(
                    "rules of their own: at once by default",
                    "{\"scaleUp\":{},\"scaleDown\":{}}",
                    NONE,
                    3,
                    50,
                    7,
                    "ReadyForNewScale",
                    "ScaleUpLimit"),
            new Case(
                    "pods in a period",
                    "{\"scaleUp\":{\"policies\":[{\"type\":\"Pods\",\"value\":2," + "\"periodSeconds\":60}]}}",
                    "s1@30 s5@61",
                    4,
                    50,
                    5,
                    "ReadyForNewScale",
                    "ScaleUpLimit"),
            new Case(
                    "percent are rounded up",
                    "{\"scaleUp\":{\"policies\":[{\"type\":\"Percent\",\"value\":10," + "\"periodSeconds\":60}]}}",
                    NONE,
                    5,
                    50,
                    6,
                    "ReadyForNewScale",
                    "ScaleUpLimit"),
            new Case(
                    "the least of policies",
                    "{\"scaleUp\":{\"selectPolicy\":\"Min\",\"policies\":[{\"type\":\"Pods\","
                            + "\"value\":1,\"periodSeconds\":60},{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":60}]}}",
                    NONE,
                    5,
                    50,
                    6,
                    "ReadyForNewScale",
                    "ScaleUpLimit"),
            new Case(
                    "not up at all",
                    "{\"scaleUp\":{\"selectPolicy\":\"Disabled\"}}",
                    NONE,
                    5,
                    50,
                    5,
                    "ReadyForNewScale",
                    "ScaleUpLimit"),
            new Case(
                    "the lowest of the window",
                    "{\"scaleUp\":{\"stabilizationWindowSeconds\":60}}",
                    "r5@59 r3@61",
                    4,
                    8,
                    5,
                    "ScaleUpStabilized",
                    "DesiredWithinRange"),
            new Case(
                    "down by pods",
                    "{\"scaleDown\":{\"stabilizationWindowSeconds\":0,\"policies\":[{\"type\":\"Pods\","
                            + "\"value\":3,\"periodSeconds\":60}]}}",
                    "s-1@30",
                    10,
                    2,
                    8,
                    "ReadyForNewScale",
                    "ScaleDownLimit"),
            new Case(
                    "down by percent",
                    "{\"scaleDown\":{\"stabilizationWindowSeconds\":0,\"policies\":[{\"type\":"
                            + "\"Percent\",\"value\":25,\"periodSeconds\":60}]}}",
                    NONE,
                    10,
                    2,
                    7,
                    "ReadyForNewScale",
                    "ScaleDownLimit"),
            new Case(
                    "not down at all",
                    "{\"scaleDown\":{\"selectPolicy\":\"Disabled\"," + "\"stabilizationWindowSeconds\":0}}",
                    NONE,
                    10,
                    2,
                    10,
                    "ReadyForNewScale",
                    "ScaleDownLimit"),
            new Case(
                    "down in five minutes where the window is not said",
                    "{\"scaleDown\":{}}",
                    "r10@200",
                    10,
                    2,
                    10,
                    "ScaleDownStabilized",
                    "DesiredWithinRange"),
            new Case(
                    "down to the least",
                    "{\"scaleDown\":{\"stabilizationWindowSeconds\":0}}",
                    NONE,
                    10,
                    1,
                    2,
                    "ReadyForNewScale",
                    "TooFewReplicas"));

    @Test
    void limits() {
        for (Case c : CASES) {
            HorizontalPodAutoscalerSpec spec = Json.MAPPER.readValue(
                    "{\"minReplicas\":2,\"maxReplicas\":100"
                            + (c.behavior().isEmpty() ? "" : ",\"behavior\":" + c.behavior()) + "}",
                    HorizontalPodAutoscalerSpec.class);
            SizeLimits.Allowed allowed = new SizeLimits(spec, AutoscalerOptions.DEFAULTS, history(c.past()), NOW)
                    .apply(c.current(), c.wanted());
            assertEquals(c.replicas(), allowed.replicas(), c.name());
            assertEquals(c.able(), allowed.ability().reason(), c.name());
            assertEquals(c.limit(), allowed.limit().reason(), c.name());
            assertEquals(!c.limit().equals("DesiredWithinRange"), allowed.limited(), c.name());
        }
    }

    private static ScaleHistory history(String past) {
        ScaleHistory history = new ScaleHistory();
        for (String word : past.isEmpty() ? new String[0] : past.split(" ")) {
            String[] parts = word.substring(1).split("@");
            Instant at = NOW.minusSeconds(Long.parseLong(parts[1]));
            int value = Integer.parseInt(parts[0]);
            if (word.charAt(0) == 'r') {
                history.recommend(value, at);
            } else {
                history.scaled(0, value, at);
            }
        }
        return history;
    }
}
