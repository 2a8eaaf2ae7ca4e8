package io.gantry.apiserver.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What Go always writes is there, though nobody set it: Python's client refuses a status without its required
/// numbers, and others look into `status` without asking whether there is one.
class FreshObjectsTest {
    private static final String NAMESPACED = "/namespaces/default/";
    private static final String TEMPLATE = "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":"
            + "{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
    private static final String JOB = "{\"template\":{\"spec\":{\"restartPolicy\":\"Never\","
            + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    /// @param pointer a part of the new object
    record Fresh(String path, String spec, String pointer, String expected) {}

    static Stream<Fresh> objects() {
        String node = "{\"daemonEndpoints\":{\"kubeletEndpoint\":{\"Port\":0}},\"nodeInfo\":{\"machineID\":\"\","
                + "\"systemUUID\":\"\",\"bootID\":\"\",\"kernelVersion\":\"\",\"osImage\":\"\","
                + "\"containerRuntimeVersion\":\"\",\"kubeletVersion\":\"\",\"kubeProxyVersion\":\"\","
                + "\"operatingSystem\":\"\",\"architecture\":\"\"}}";
        return Stream.of(
                new Fresh("/apis/apps/v1/namespaces/default/deployments", "{" + TEMPLATE + "}", "/status", "{}"),
                new Fresh(
                        "/apis/apps/v1/namespaces/default/daemonsets",
                        "{" + TEMPLATE + "}",
                        "/status",
                        "{\"currentNumberScheduled\":0,\"numberMisscheduled\":0,\"desiredNumberScheduled\":0,"
                                + "\"numberReady\":0}"),
                new Fresh(
                        "/apis/apps/v1/namespaces/default/statefulsets",
                        "{" + TEMPLATE + "}",
                        "/status",
                        "{\"replicas\":0,\"availableReplicas\":0}"),
                new Fresh(
                        "/apis/apps/v1/namespaces/default/replicasets",
                        "{" + TEMPLATE + "}",
                        "/status",
                        "{\"replicas\":0}"),
                new Fresh("/apis/batch/v1/namespaces/default/jobs", JOB, "/status", "{}"),
                new Fresh(
                        "/apis/batch/v1/namespaces/default/cronjobs",
                        "{\"schedule\":\"0 0 1 1 *\",\"jobTemplate\":{\"spec\":" + JOB + "}}",
                        "/spec/jobTemplate/metadata",
                        "{}"),
                new Fresh(
                        "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
                        "{\"minAvailable\":1}",
                        "/status",
                        "{\"disruptionsAllowed\":0,\"currentHealthy\":0,\"desiredHealthy\":0,\"expectedPods\":0}"),
                new Fresh(
                        "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
                        "{\"defaultBackend\":{\"service\":{\"name\":\"s\",\"port\":{\"number\":80}}}}",
                        "/status",
                        "{\"loadBalancer\":{}}"),
                new Fresh(
                        "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers",
                        "{\"maxReplicas\":2,\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"d\"}}",
                        "/status",
                        "{\"currentReplicas\":0,\"desiredReplicas\":0}"),
                new Fresh(
                        "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers",
                        "{\"maxReplicas\":2,\"scaleTargetRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"d\"}}",
                        "/status",
                        "{\"desiredReplicas\":0,\"currentMetrics\":null}"),
                new Fresh("/api/v1/namespaces/default/limitranges", "{\"limits\":[]}", "/spec", "{\"limits\":null}"),
                new Fresh("/apis/storage.k8s.io/v1/csinodes", "{\"drivers\":[]}", "/spec", "{\"drivers\":null}"),
                new Fresh("/apis/coordination.k8s.io/v1/namespaces/default/leases", "", "/spec", "{}"),
                new Fresh("/api/v1/nodes", "", "/status", node));
    }

    @ParameterizedTest
    @MethodSource("objects")
    void whatGoAlwaysWritesIsThere(Fresh row) throws Exception {
        String spec = row.spec().isEmpty() ? "" : ",\"spec\":" + row.spec();
        // One kind may have several versions.
        String name = "fresh-" + row.path().split("/")[3];
        JsonNode made = SERVER.json(201, "POST", row.path(), "{\"metadata\":{\"name\":\"" + name + "\"}" + spec + "}");
        assertEquals(Json.MAPPER.readTree(row.expected()), made.at(row.pointer()), made.toString());
        // Whoever creates an object does not own its status.
        assertFalse(made.at("/metadata/managedFields/0/fieldsV1").has("f:status"), made.toString());
        JsonNode read = SERVER.json(200, "GET", row.path() + "/" + name, "");
        assertEquals(made, read);
    }

    /// Lists that Go writes as null where they are empty, and that nobody owns then.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/rbac.authorization.k8s.io/v1/clusterroles rules {\"rules\":[]}",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles rules {}",
                "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices endpoints {\"addressType\":\"IPv4\",\"endpoints\":[]}",
                "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices ports {\"addressType\":\"IPv4\"}"
            })
    void emptyListsAreNull(String row) throws Exception {
        String[] parts = row.split(" ", 3);
        String name = "empty-" + parts[1];
        String body = parts[2].replaceFirst(
                "\\{", "{\"metadata\":{\"name\":\"" + name + "\"}" + (parts[2].equals("{}") ? "" : ","));
        JsonNode made = SERVER.json(201, "POST", parts[0], body);
        assertTrue(made.has(parts[1]) && made.get(parts[1]).isNull(), made.toString());
        assertFalse(made.at("/metadata/managedFields/0/fieldsV1").has("f:" + parts[1]), made.toString());
        JsonNode replaced = SERVER.json(200, "PUT", parts[0] + "/" + name, made.toString());
        assertEquals(made, replaced);
    }

    /// Times that Go writes as null where they are not set, in both versions of events.
    @Test
    void timesThatAreNotSetAreNull() throws Exception {
        String event = "{\"metadata\":{\"name\":\"timeless\"},\"involvedObject\":{\"namespace\":\"default\"},"
                + "\"lastTimestamp\":\"2026-01-02T03:04:05Z\"}";
        JsonNode made = SERVER.json(201, "POST", "/api/v1" + NAMESPACED + "events", event);
        for (String unset : List.of("firstTimestamp", "eventTime")) {
            assertTrue(made.has(unset) && made.get(unset).isNull(), made.toString());
            assertFalse(made.at("/metadata/managedFields/0/fieldsV1").has("f:" + unset), made.toString());
        }
        assertEquals("2026-01-02T03:04:05Z", made.get("lastTimestamp").stringValue());
        JsonNode newer = SERVER.json(200, "GET", "/apis/events.k8s.io/v1" + NAMESPACED + "events/timeless", "");
        for (String unset : List.of("deprecatedFirstTimestamp", "eventTime")) {
            assertTrue(newer.has(unset) && newer.get(unset).isNull(), newer.toString());
        }
    }

    /// A status that says nothing of what is required says zero.
    @Test
    void aWrittenStatusIsWhole() throws Exception {
        String path = "/apis/policy/v1" + NAMESPACED + "poddisruptionbudgets";
        SERVER.json(201, "POST", path, "{\"metadata\":{\"name\":\"whole\"},\"spec\":{\"minAvailable\":1}}");
        JsonNode written = SERVER.patch(200, path + "/whole/status", "{\"status\":{\"observedGeneration\":1}}");
        assertEquals(0, written.at("/status/currentHealthy").asInt(-1), written.toString());
    }

    /// Both groups select events by their own names of the same fields.
    @Test
    void eventsAreSelectedByTheFieldsOfTheirVersion() throws Exception {
        SERVER.json(
                201,
                "POST",
                "/apis/events.k8s.io/v1" + NAMESPACED + "events",
                "{\"metadata\":{\"name\":\"e\"},\"regarding\":{\"kind\":\"Pod\",\"namespace\":\"default\","
                        + "\"name\":\"p\"},\"eventTime\":\"2026-01-01T00:00:00.000000Z\",\"reason\":\"Made\","
                        + "\"action\":\"Making\",\"type\":\"Normal\",\"reportingController\":\"example.com/c\","
                        + "\"reportingInstance\":\"i\"}");
        for (String selector : new String[] {
            "/apis/events.k8s.io/v1 regarding.name=p,regarding.kind=Pod,reason=Made",
            "/apis/events.k8s.io/v1 reportingController=example.com/c,type!=Warning",
            "/api/v1 involvedObject.name=p,reportingComponent=example.com/c,source=example.com/c"
        }) {
            String[] parts = selector.split(" ", 2);
            String query = "events?fieldSelector=" + parts[1].replace("!=", "!%3D");
            JsonNode found = SERVER.json(200, "GET", parts[0] + NAMESPACED + query, "");
            assertEquals(1, found.path("items").size(), selector);
        }
        SERVER.json(400, "GET", "/apis/events.k8s.io/v1/events?fieldSelector=involvedObject.name=p", "");
    }
}
