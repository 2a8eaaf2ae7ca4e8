package io.gantry.scheduler.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a pod that is being resized takes of a node, by table.
class PodRequestsTest {
    record Case(String asked, String given, String has, String reason, long milliCpu) {}

    static Stream<Case> cases() {
        return Stream.of(
                new Case("100m", "100m", "100m", "", 100),
                new Case("200m", "100m", "100m", "Deferred", 200),
                new Case("200m", "200m", "100m", "", 200),
                new Case("100m", "100m", "200m", "", 200),
                new Case("100m", "150m", "100m", "", 150),
                new Case("50", "100m", "100m", "Infeasible", 100));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void takes(Case example) {
        String json = "{'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'" + example.asked()
                + "'}}}]},'status':{'conditions':[{'type':'PodResizePending','status':'True','reason':'"
                + example.reason() + "'}],'containerStatuses':[{'name':'c','allocatedResources':{'cpu':'"
                + example.given() + "'},'resources':{'requests':{'cpu':'" + example.has() + "'}}}]}}";
        Pod pod = Json.MAPPER.readValue(json.replace('\'', '"'), Pod.class);
        assertEquals(example.milliCpu(), PodRequests.of(pod).milliCpu());
    }
}
