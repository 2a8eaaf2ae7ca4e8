package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerMetricsTest {
    private static final PodIdentity POD = new PodIdentity("ns", "p", "u");
    private static final Instant NOW = Instant.ofEpochSecond(1000);
    private static final Pod SPEC = Json.MAPPER.readValue("""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"ns","uid":"u"},"spec":{"containers":[
            {"name":"c","image":"i","resources":{"limits":{"cpu":"500m","memory":"1Mi"},"requests":{"cpu":"250m"}}}]}}""", Pod.class);

    private static RuntimeContainer container(String id, RunState state) {
        return new RuntimeContainer(
                id, "s", POD, "c", 0, state, NOW, NOW, NOW, 0, "", "", "i", "i@sha256:0", "", List.of(), Map.of());
    }

    private static List<String> lines() {
        return new ContainerMetrics(
                        List.of(new ContainerUsage("a", POD, "c", NOW, 2_500_000_000L, 10, 20, 5, 7, 1)),
                        List.of(container("a", RunState.RUNNING), container("old", RunState.EXITED)),
                        List.of(SPEC),
                        new ContainerMetrics.Machine(new ResourceMetrics.Node(99.5, 4096), 2, 8192))
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void runningContainersAndTheMachineAreTold() {
        String rest = "id=\"/kubepods/burstable/podu/a\",image=\"i\",name=\"a\",namespace=\"ns\",pod=\"p\"} ";
        String root = "id=\"/\",image=\"\",name=\"\",namespace=\"\",pod=\"\"} ";
        assertEquals(
                List.of(
                        "container_cpu_usage_seconds_total{container=\"\",cpu=\"total\"," + root + "99.5",
                        "container_cpu_usage_seconds_total{container=\"c\",cpu=\"total\"," + rest + "2.5",
                        "container_memory_working_set_bytes{container=\"\"," + root + "4096",
                        "container_memory_working_set_bytes{container=\"c\"," + rest + "10",
                        "container_memory_usage_bytes{container=\"c\"," + rest + "20",
                        "container_memory_rss{container=\"c\"," + rest + "5"),
                lines().subList(0, 6));
        assertTrue(lines().contains("machine_cpu_cores 2"));
        assertEquals("container_scrape_error 0", lines().getLast());
    }

    @Test
    void whatContainersMayUseIsTold() {
        List<String> spec = lines().stream()
                .filter(line -> line.startsWith("container_spec_"))
                .map(line -> line.replaceFirst("\\{.*} ", " "))
                .toList();
        assertEquals(
                List.of(
                        "container_spec_cpu_period 100000",
                        "container_spec_cpu_quota 50000",
                        "container_spec_cpu_shares 256",
                        "container_spec_memory_limit_bytes 1048576"),
                spec);
    }
}
