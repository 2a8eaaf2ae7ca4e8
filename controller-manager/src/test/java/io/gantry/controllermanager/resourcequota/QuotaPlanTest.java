package io.gantry.controllermanager.resourcequota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.resourcequota.ResourceQuota;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaStatus;
import io.gantry.api.resource.Quantity;
import io.gantry.controllermanager.resourcequota.QuotaPlan.Counted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuotaPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Counted PODS = new Counted("", "pods");
    private static final Counted CONFIG_MAPS = new Counted("", "configmaps");

    private static ResourceQuota quota(String spec) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"namespace\":\"ns\",\"name\":\"q\"},\"spec\":" + spec + "}", ResourceQuota.class);
    }

    private static Pod pod(String cpu, String phase) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{\"namespace\":\"ns\",\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\","
                        + (cpu.isEmpty() ? "" : "\"resources\":{\"requests\":{\"cpu\":\"" + cpu + "\"}},")
                        + "\"image\":\"i\"}]},\"status\":{\"phase\":\"" + phase + "\"}}",
                Pod.class);
    }

    private static Map<String, String> used(
            ResourceQuota quota, Map<Counted, List<? extends KubernetesObject>> objects) {
        ResourceQuotaStatus status = QuotaPlan.status(quota, objects, NOW);
        assertEquals(quota.spec().hard(), status.hard());
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Quantity> entry : status.used().entrySet()) {
            texts.put(entry.getKey(), entry.getValue().canonical());
        }
        return texts;
    }

    @Test
    void theResourcesCountedAreThoseThatTheQuotaNames() {
        assertEquals(
                Set.of(PODS, CONFIG_MAPS, new Counted("apps", "deployments"), new Counted("example.com", "things")),
                QuotaPlan.counted(quota("{\"hard\":{\"requests.cpu\":\"1\",\"configmaps\":\"1\","
                                + "\"count/deployments.apps\":\"1\",\"count/things.example.com\":\"1\"}}")
                        .spec()));
    }

    @Test
    void finishedPodsUseNothing() {
        assertEquals(
                Map.of("pods", "2", "requests.cpu", "1500m"),
                used(
                        quota("{\"hard\":{\"pods\":\"5\",\"requests.cpu\":\"4\"}}"),
                        Map.of(PODS, List.of(pod("1", "Running"), pod("500m", "Pending"), pod("7", "Succeeded")))));
    }

    @Test
    void scopesSelectPods() {
        assertEquals(
                Map.of("pods", "1"),
                used(
                        quota("{\"hard\":{\"pods\":\"5\"},\"scopes\":[\"BestEffort\"]}"),
                        Map.of(PODS, List.of(pod("1", "Running"), pod("", "Running")))));
        assertEquals(
                Map.of("pods", "0"),
                used(
                        quota("{\"hard\":{\"pods\":\"5\"},\"scopes\":[\"Terminating\"]}"),
                        Map.of(PODS, List.of(pod("1", "Running")))));
    }

    @Test
    void objectsAreCountedAndNothingIsZero() {
        ConfigMap map = Json.MAPPER.readValue("{\"metadata\":{\"name\":\"m\"}}", ConfigMap.class);
        assertEquals(
                Map.of("configmaps", "2", "pods", "0"),
                used(
                        quota("{\"hard\":{\"configmaps\":\"5\",\"pods\":\"1\"}}"),
                        Map.of(CONFIG_MAPS, List.of(map, map), PODS, List.of())));
    }
}
