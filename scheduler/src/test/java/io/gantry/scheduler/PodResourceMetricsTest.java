package io.gantry.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PodResourceMetricsTest {
    private static Pod pod(String name, String node, String phase, String resources) {
        return Json.MAPPER.readValue("""
                {"metadata":{"name":"%s","namespace":"ns"},
                 "spec":{"nodeName":"%s","schedulerName":"default-scheduler","priority":7,
                         "containers":[{"name":"c","resources":%s},{"name":"d","resources":%s}]},
                 "status":{"phase":"%s"}}""".formatted(name, node, resources, resources, phase), Pod.class);
    }

    private static String lines(Pod... pods) {
        return PodResourceMetrics.text(List.of(pods))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void requestsAndLimitsOfAllContainersWithTheirUnits() {
        assertEquals(
                """
                kube_pod_resource_limit{namespace="ns",pod="a",node="n",scheduler="default-scheduler",priority="7",resource="memory",unit="bytes"} 2048.0
                kube_pod_resource_request{namespace="ns",pod="a",node="n",scheduler="default-scheduler",priority="7",resource="cpu",unit="cores"} 0.2""",
                lines(pod("a", "n", "Running", "{\"requests\":{\"cpu\":\"100m\"},\"limits\":{\"memory\":\"1Ki\"}}")));
    }

    @Test
    void whatHasEndedOrAsksForNothingIsLeftOut() {
        assertEquals(
                "",
                lines(pod("a", "n", "Succeeded", "{\"requests\":{\"cpu\":\"1\"}}"), pod("b", "n", "Running", "{}")));
        assertEquals(
                1,
                lines(pod("c", "", "Failed", "{\"requests\":{\"cpu\":\"1\"}}"))
                        .lines()
                        .count());
    }
}
