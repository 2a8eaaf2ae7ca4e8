package io.gantry.api.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaSpec;
import io.gantry.api.core.v1.secret.Secret;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuotaEvaluatorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final QuotaEvaluator PODS = QuotaEvaluator.of("", "pods", DeviceObjects.NONE);

    private static Pod pod(String spec) {
        return Json.MAPPER.readValue(spec, Pod.class);
    }

    private static String usage(QuotaEvaluator evaluator, KubernetesObject object) {
        return QuotaAmounts.print(evaluator.usage(object, NOW));
    }

    record PodCase(String pod, String usage) {}

    static List<PodCase> pods() {
        return List.of(
                new PodCase("{}", "count/pods=1,pods=1"),
                new PodCase("{\"status\":{\"phase\":\"Failed\"}}", "count/pods=1"),
                new PodCase("""
                        {"metadata":{"deletionTimestamp":"2025-12-31T23:59:00Z","deletionGracePeriodSeconds":30}}""", "count/pods=1"),
                new PodCase(
                        """
                        {"spec":{"containers":[{"name":"a","resources":{"requests":{"cpu":"100m","example.com/x":"2"},
                         "limits":{"memory":"1Gi"}}},
                         {"name":"b","resources":{"requests":{"cpu":"1","hugepages-2Mi":"4Mi"}}}]}}""",
                        "count/pods=1,cpu=1100m,hugepages-2Mi=4Mi,limits.memory=1Gi,pods=1,requests.cpu=1100m,"
                                + "requests.example.com/x=2,requests.hugepages-2Mi=4Mi"));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void podsCount(PodCase it) {
        assertEquals(it.usage(), usage(PODS, pod(it.pod())));
    }

    @Test
    void otherObjectsCount() {
        assertEquals(
                "count/secrets=1,secrets=1",
                usage(QuotaEvaluator.of("", "secrets", DeviceObjects.NONE), Json.MAPPER.readValue("{}", Secret.class)));
        assertEquals(
                "count/deployments.apps=1",
                usage(
                        QuotaEvaluator.of("apps", "deployments", DeviceObjects.NONE),
                        Json.MAPPER.readValue("{}", Secret.class)));
        assertEquals(
                "count/services=1,services=1,services.loadbalancers=1,services.nodeports=2",
                usage(
                        QuotaEvaluator.of("", "services", DeviceObjects.NONE),
                        Json.MAPPER.readValue(
                                "{\"spec\":{\"type\":\"LoadBalancer\",\"ports\":[{\"port\":1},{\"port\":2}]}}",
                                Service.class)));
        assertEquals(
                "count/persistentvolumeclaims=1,gold.storageclass.storage.k8s.io/persistentvolumeclaims=1,"
                        + "gold.storageclass.storage.k8s.io/requests.storage=1Gi,persistentvolumeclaims=1,"
                        + "requests.storage=1Gi",
                usage(
                        QuotaEvaluator.of("", "persistentvolumeclaims", DeviceObjects.NONE),
                        Json.MAPPER.readValue(
                                "{\"spec\":{\"storageClassName\":\"gold\",\"resources\":{\"requests\":"
                                        + "{\"storage\":\"1Gi\"}}}}",
                                PersistentVolumeClaim.class)));
    }

    @Test
    void devicesCountByClass() {
        QuotaEvaluator claims = QuotaEvaluator.of("resource.k8s.io", "resourceclaims", DeviceObjects.NONE);
        assertEquals(
                "big.deviceclass.resource.k8s.io/devices=32,count/resourceclaims.resource.k8s.io=1,"
                        + "gold.deviceclass.resource.k8s.io/devices=7",
                usage(claims, Json.MAPPER.readValue("""
                                {"spec":{"devices":{"requests":[
                                 {"name":"a","exactly":{"deviceClassName":"gold","allocationMode":"ExactCount","count":2}},
                                 {"name":"b","firstAvailable":[
                                  {"name":"x","deviceClassName":"gold","allocationMode":"ExactCount","count":5},
                                  {"name":"y","deviceClassName":"gold","allocationMode":"ExactCount","count":3},
                                  {"name":"z","deviceClassName":"big","allocationMode":"All"}]}]}}}""", ResourceClaim.class)));
        assertEquals(
                List.of("count/resourceclaims.resource.k8s.io", "gold.deviceclass.resource.k8s.io/devices"),
                claims.matching(List.of(
                        "gold.deviceclass.resource.k8s.io/devices",
                        "count/resourceclaims.resource.k8s.io",
                        "count/pods")));
    }

    /// What stands for an extended resource counts as one, but not what a pod was charged for.
    @Test
    void devicesCountByExtendedResource() {
        List<DeviceClass> classes = List.of(Json.MAPPER.readValue("""
                {"metadata":{"name":"gold"},"spec":{"extendedResourceName":"example.com/gpu"}}""", DeviceClass.class));
        Pod owner = pod("""
                {"metadata":{"name":"p","namespace":"ns","uid":"1"},"spec":{"containers":[{"name":"c",
                 "resources":{"requests":{"example.com/gpu":"2"}}}]}}""");
        ResourceClaim plain = claim("a", "");
        ResourceClaim own = claim("b", """
                "annotations":{"resource.kubernetes.io/extended-resource-claim":"true"},"ownerReferences":[
                 {"apiVersion":"v1","kind":"Pod","name":"p","uid":"1","controller":true}],""");
        ResourceClaim second = Json.MAPPER.readValue(
                Json.MAPPER.writeValueAsString(own).replace("\"b\"", "\"c\""), ResourceClaim.class);
        QuotaEvaluator claims = QuotaEvaluator.of("resource.k8s.io", "resourceclaims", new DeviceObjects() {
            @Override
            public List<DeviceClass> classes() {
                return classes;
            }

            @Override
            public Optional<Pod> pod(String namespace, String name) {
                return Optional.of(owner)
                        .filter(pod -> name.equals(pod.metadata().name()));
            }

            @Override
            public List<ResourceClaim> claims(String namespace) {
                return List.of(plain, own, second);
            }
        });
        String always = "count/resourceclaims.resource.k8s.io=1,gold.deviceclass.resource.k8s.io/devices=2,"
                + "requests.deviceclass.resource.kubernetes.io/gold=2";
        assertEquals(always + ",requests.example.com/gpu=2", usage(claims, plain));
        assertEquals(always, usage(claims, own));
        assertEquals(always + ",requests.example.com/gpu=2", usage(claims, second), "not the pod's first");
        assertEquals(
                List.of("requests.deviceclass.resource.kubernetes.io/gold", "requests.example.com/gpu"),
                claims.matching(List.of(
                        "requests.example.com/gpu",
                        "requests.example.com/other",
                        "requests.cpu",
                        "requests.deviceclass.resource.kubernetes.io/gold",
                        "requests.deviceclass.resource.kubernetes.io/other")));
    }

    private static ResourceClaim claim(String name, String metadata) {
        return Json.MAPPER.readValue(
                "{\"metadata\":{" + metadata + "\"name\":\"" + name + "\",\"namespace\":\"ns\"},"
                        + "\"spec\":{\"devices\":{\"requests\":[{\"name\":\"a\",\"exactly\":{\"deviceClassName\":"
                        + "\"gold\",\"allocationMode\":\"ExactCount\",\"count\":2}}]}}}",
                ResourceClaim.class);
    }

    record ScopeCase(String quota, String pod, boolean matches) {}

    static List<ScopeCase> scopes() {
        String ends = "{\"spec\":{\"activeDeadlineSeconds\":5}}";
        String asks = "{\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"requests\":{\"cpu\":\"1\"}}}]}}";
        String high = "{\"spec\":{\"priorityClassName\":\"high\"}}";
        String in = "{\"hard\":{\"pods\":\"1\"},\"scopeSelector\":{\"matchExpressions\":[{\"scopeName\":"
                + "\"PriorityClass\",\"operator\":\"In\",\"values\":[\"high\"]}]}}";
        return List.of(
                new ScopeCase("{\"hard\":{\"pods\":\"1\"}}", ends, true),
                new ScopeCase("{\"hard\":{\"secrets\":\"1\"}}", ends, false),
                new ScopeCase("{\"hard\":{\"pods\":\"1\"},\"scopes\":[\"Terminating\"]}", ends, true),
                new ScopeCase("{\"hard\":{\"pods\":\"1\"},\"scopes\":[\"NotTerminating\"]}", ends, false),
                new ScopeCase("{\"hard\":{\"pods\":\"1\"},\"scopes\":[\"BestEffort\"]}", ends, true),
                new ScopeCase("{\"hard\":{\"pods\":\"1\"},\"scopes\":[\"BestEffort\"]}", asks, false),
                new ScopeCase("{\"hard\":{\"pods\":\"1\"},\"scopes\":[\"NotBestEffort\"]}", asks, true),
                new ScopeCase(in, high, true),
                new ScopeCase(in, asks, false));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void scopesSelect(ScopeCase it) {
        assertEquals(
                it.matches(), PODS.matches(Json.MAPPER.readValue(it.quota(), ResourceQuotaSpec.class), pod(it.pod())));
    }

    @Test
    void containersMustAskForWhatIsLimited() {
        Pod pod = pod("{\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"requests\":{\"cpu\":\"1\"}}},"
                + "{\"name\":\"b\"}]}}");
        assertEquals(
                "must specify limits.memory for: a,b; requests.cpu for: b",
                PODS.missing(List.of("pods", "requests.cpu", "limits.memory"), pod));
    }

    @Test
    void aPodThatSaysWhatItNeedsAsAWholeNeedNotSayItByContainer() {
        Pod pod = pod("{\"spec\":{\"resources\":{\"requests\":{\"cpu\":\"1\"}},\"containers\":[{\"name\":\"a\"}]}}");
        assertEquals("", PODS.missing(List.of("requests.cpu", "limits.memory"), pod));
    }
}
