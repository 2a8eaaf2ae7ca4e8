package io.gantry.controllermanager.podgc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PodGcPlanTest {
    record Row(boolean assigned, boolean going, boolean nodeGone, boolean outOfService, PodGcPlan wanted) {}

    static Stream<Row> rows() {
        return Stream.of(
                new Row(true, false, false, false, new PodGcPlan.Keep()),
                new Row(true, true, false, false, new PodGcPlan.Keep()),
                new Row(true, false, true, false, new PodGcPlan.Orphaned()),
                new Row(true, true, true, false, new PodGcPlan.Orphaned()),
                new Row(true, false, false, true, new PodGcPlan.Keep()),
                new Row(true, true, false, true, new PodGcPlan.OutOfService()),
                new Row(false, false, false, false, new PodGcPlan.Keep()),
                new Row(false, true, false, false, new PodGcPlan.NeverScheduled()));
    }

    @ParameterizedTest
    @MethodSource
    void rows(Row row) {
        Pod pod = Json.MAPPER.readValue(
                "{\"metadata\":{" + (row.going() ? "\"deletionTimestamp\":\"2026-01-01T00:00:00Z\"" : "")
                        + "},\"spec\":{" + (row.assigned() ? "\"nodeName\":\"n\"," : "") + "\"containers\":[]}}",
                Pod.class);
        assertEquals(row.wanted(), PodGcPlan.of(pod, row.nodeGone(), row.outOfService()));
    }

    @ParameterizedTest
    @CsvSource({"False,true,true", "Unknown,true,true", "True,true,false", "False,false,false"})
    void aNodeIsOutOfServiceWhenItIsTaintedAndNotReady(String ready, boolean tainted, boolean wanted) {
        Node node = Json.MAPPER.readValue(
                "{\"metadata\":{\"name\":\"n\"},\"spec\":{\"taints\":["
                        + (tainted ? "{\"key\":\"node.kubernetes.io/out-of-service\",\"effect\":\"NoExecute\"}" : "")
                        + "]},\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"" + ready + "\"}]}}",
                Node.class);
        assertEquals(wanted, PodGcPlan.isOutOfService(node));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "3,0", "2,1", "1,2"})
    void theOldestFinishedPodsGoAboveTheThreshold(int threshold, int wanted) {
        List<Pod> pods = Stream.of("01", "02", "03")
                .map(day -> Json.MAPPER.readValue(
                        "{\"metadata\":{\"name\":\"p" + day + "\",\"creationTimestamp\":\"2026-01-" + day
                                + "T00:00:00Z\"},\"spec\":{\"containers\":[]},\"status\":{\"phase\":\"Failed\"}}",
                        Pod.class))
                .toList();
        assertEquals(pods.subList(0, wanted), PodGcPlan.surplus(pods.reversed(), threshold));
    }

    @Test
    void evictedPodsGoFirst() {
        List<Pod> pods = Stream.of("\"reason\":\"Error\"", "\"reason\":\"Evicted\"")
                .map(reason -> Json.MAPPER.readValue(
                        "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[]},\"status\":{\"phase\":\"Failed\","
                                + reason + "}}",
                        Pod.class))
                .toList();
        assertEquals(List.of(pods.getLast()), PodGcPlan.surplus(pods, 1));
    }
}
