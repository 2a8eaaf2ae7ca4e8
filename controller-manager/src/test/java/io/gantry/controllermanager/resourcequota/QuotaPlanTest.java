package io.gantry.controllermanager.resourcequota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.resourcequota.ResourceQuota;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaStatus;
import io.gantry.api.quota.DeviceObjects;
import io.gantry.api.resource.Quantity;
import io.gantry.controllermanager.resourcequota.QuotaPlan.Counted;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        ResourceQuotaStatus status = QuotaPlan.status(quota, objects, DeviceObjects.NONE, NOW);
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
                QuotaPlan.counted(
                        quota("{\"hard\":{\"requests.cpu\":\"1\",\"configmaps\":\"1\","
                                        + "\"count/deployments.apps\":\"1\",\"count/things.example.com\":\"1\"}}")
                                .spec(),
                        DeviceObjects.NONE));
    }

    /// Or what is charged for them would stay charged.
    @Test
    void claimsOfDevicesAreCountedByClassAlone() {
        Counted claims = new Counted("resource.k8s.io", "resourceclaims");
        ResourceQuota quota = quota("{\"hard\":{\"gold.deviceclass.resource.k8s.io/devices\":\"4\"}}");
        assertEquals(Set.of(claims), QuotaPlan.counted(quota.spec(), DeviceObjects.NONE));
        assertEquals(Map.of("gold.deviceclass.resource.k8s.io/devices", "0"), used(quota, Map.of(claims, List.of())));
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'status':{'phase':'Running'}} | {'status':{'phase':'Failed'}} | true",
                "{'status':{'phase':'Pending'}} | {'status':{'phase':'Running'}} | false",
                "{} | {'metadata':{'deletionTimestamp':'2025-12-31T23:00:00Z','deletionGracePeriodSeconds':30}} | true",
                "{} | {'metadata':{'deletionTimestamp':'2025-12-31T23:59:59Z','deletionGracePeriodSeconds':30}} | false",
                "{} | {'spec':{'activeDeadlineSeconds':5}} | true",
                "{'status':{'containerStatuses':[{'name':'c'}]}} | {'status':{'containerStatuses':[{'name':'c',"
                        + "'resources':{'requests':{'cpu':'1'}}}]}} | true"
            })
    void whichChangesAreCountedAnew(String before, String now, boolean counted) {
        Pod old = Json.MAPPER.readValue(before.replace('\'', '"'), Pod.class);
        Pod changed = Json.MAPPER.readValue(now.replace('\'', '"'), Pod.class);
        assertEquals(counted, Replenished.pod(Clock.fixed(NOW, ZoneOffset.UTC)).test(old, changed));
    }
}
