package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What deletions write and answer (upstream `registry/rest/delete.go`, `registry/generic/registry/store.go`).
class DeletionTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static LocalServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Deletions of one pod, one after the other.
    ///
    /// @param node where it runs, empty for nowhere
    /// @param queries of the deletions
    /// @param marks what the answers say: grace period, generation
    /// @param events what a watch sees, with the grace period
    record Pod(
            String name,
            String node,
            String finalizer,
            String phase,
            List<String> queries,
            String marks,
            String events) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Pod pod(
            String name, String node, String finalizer, String phase, String queries, String marks, String events) {
        return new Pod(name, node, finalizer, phase, List.of(queries.split("\\|", -1)), marks, events);
    }

    static List<Pod> pods() {
        return List.of(
                pod("nowhere", "", "", "", "?gracePeriodSeconds=20", "0/2", "MODIFIED 0, DELETED 0"),
                pod("running", "n", "", "", "", "30/2", "MODIFIED 30"),
                pod("hurried", "n", "", "", "?gracePeriodSeconds=0", "0/2", "MODIFIED 0, DELETED 0"),
                pod("negative", "n", "", "", "?gracePeriodSeconds=-5", "1/2", "MODIFIED 1"),
                pod("finished", "n", "", "Succeeded", "?gracePeriodSeconds=9", "0/2", "MODIFIED 0, DELETED 0"),
                pod(
                        "ended",
                        "n",
                        "",
                        "",
                        "|?gracePeriodSeconds=40||?gracePeriodSeconds=5|?gracePeriodSeconds=0",
                        "30/2 30/2 30/2 5/2 0/2",
                        "MODIFIED 30, MODIFIED 5, MODIFIED 0, DELETED 0"),
                pod("held", "n", "a.b/c", "", "|?gracePeriodSeconds=0|", "30/2 0/2 0/2", "MODIFIED 30, MODIFIED 0"),
                pod("held-nowhere", "", "a.b/c", "", "|", "0/2 0/2", "MODIFIED 0"),
                pod(
                        "orphaning",
                        "",
                        "",
                        "",
                        "?propagationPolicy=Orphan|?propagationPolicy=Background",
                        "0/2 0/2",
                        "MODIFIED 0, DELETED 0"),
                pod("tried", "", "", "", "?dryRun=All", "0/2", ""));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void aPodIsMarkedBeforeItGoes(Pod pod) throws Exception {
        JsonNode made = server.json(201, "POST", PODS, document(pod));
        String since = version(made);
        if (!pod.phase().isEmpty()) {
            since = version(server.patch(
                    200, PODS + "/" + pod.name() + "/status", "{\"status\":{\"phase\":\"" + pod.phase() + "\"}}"));
        }
        StringBuilder marks = new StringBuilder();
        for (String query : pod.queries()) {
            JsonNode metadata = server.json(200, "DELETE", PODS + "/" + pod.name() + query, "")
                    .path("metadata");
            assertTrue(metadata.has("deletionTimestamp"), query);
            marks.append(' ')
                    .append(grace(metadata))
                    .append('/')
                    .append(metadata.path("generation").asInt());
        }
        assertEquals(pod.marks(), marks.toString().strip());
        assertEquals(pod.events(), String.join(", ", events(pod.name(), since)));
    }

    private static String document(Pod pod) {
        return "{\"metadata\":{\"name\":\"" + pod.name() + "\",\"finalizers\":["
                + (pod.finalizer().isEmpty() ? "" : "\"" + pod.finalizer() + "\"") + "]},\"spec\":{\"nodeName\":\""
                + pod.node() + "\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asString();
    }

    private static int grace(JsonNode metadata) {
        return metadata.path("deletionGracePeriodSeconds").asInt(-1);
    }

    private static List<String> events(String name, String since) throws Exception {
        String query =
                "?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3D" + name + "&resourceVersion=" + since;
        return server.send("GET", PODS + query, "application/json", "")
                .body()
                .lines()
                .map(Json.MAPPER::readTree)
                .map(event -> event.path("type").asString() + " "
                        + grace(event.path("object").path("metadata")))
                .toList();
    }

    @Test
    void aDeletionThatPendsAsksNobody() throws Exception {
        server.json(201, "POST", PODS, document(pod("pending", "n", "", "", "", "", "")));
        JsonNode first = server.json(200, "DELETE", PODS + "/pending", "");
        assertEquals(first, server.json(200, "DELETE", PODS + "/pending?propagationPolicy=Orphan", ""));
        assertEquals(first, server.json(200, "GET", PODS + "/pending", ""));
        Instant end =
                Instant.parse(first.path("metadata").path("deletionTimestamp").asString());
        assertTrue(end.isAfter(Instant.now().plusSeconds(20)), end.toString());
        JsonNode sooner = server.json(200, "DELETE", PODS + "/pending?gracePeriodSeconds=10", "");
        assertEquals(
                end.minusSeconds(20),
                Instant.parse(sooner.path("metadata").path("deletionTimestamp").asString()));
    }

    @Test
    void otherKindsAreMarkedOnlyWhileSomebodyHoldsThem() throws Exception {
        JsonNode made = server.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"free\"}}");
        assertEquals(
                "Success",
                server.json(200, "DELETE", MAPS + "/free", "").path("status").asString());
        server.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"a.b/c\"]}}");
        JsonNode held = server.json(200, "DELETE", MAPS + "/held?gracePeriodSeconds=60", "");
        assertEquals(0, grace(held.path("metadata")));
        assertEquals(Long.parseLong(version(made)) + 3, Long.parseLong(version(held)), "create, delete, create, mark");
        assertEquals(held, server.json(200, "DELETE", MAPS + "/held", ""));
        JsonNode orphaning = server.json(200, "DELETE", MAPS + "/held?propagationPolicy=Orphan", "");
        assertEquals(
                "[\"a.b/c\",\"orphan\"]",
                orphaning.path("metadata").path("finalizers").toString());
        server.patch(200, MAPS + "/held", "{\"metadata\":{\"finalizers\":null}}");
        server.json(404, "GET", MAPS + "/held", "");
    }

    @Test
    void aNamespaceIsMarkedWithoutAGracePeriod() throws Exception {
        server.json(201, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"marked\"}}");
        JsonNode marked = server.json(200, "DELETE", "/api/v1/namespaces/marked", "");
        assertEquals(-1, grace(marked.path("metadata")));
        assertEquals("Terminating", marked.path("status").path("phase").asString());
        assertEquals(marked, server.json(200, "DELETE", "/api/v1/namespaces/marked", ""));
    }

    @Test
    void anotherObjectIsNotDeleted() throws Exception {
        JsonNode made = server.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"one\"}}");
        String uid = made.path("metadata").path("uid").asString();
        JsonNode refused = server.json(409, "DELETE", MAPS + "/one", "{\"preconditions\":{\"uid\":\"other\"}}");
        assertEquals(
                "Operation cannot be fulfilled on ConfigMap \"one\": the UID in the precondition (other) does not match"
                        + " the UID in record (" + uid
                        + "). The object might have been deleted and then recreated",
                refused.path("message").asString());
        refused = server.json(409, "DELETE", MAPS + "/one", "{\"preconditions\":{\"resourceVersion\":\"1\"}}");
        assertEquals(
                "Operation cannot be fulfilled on ConfigMap \"one\": the ResourceVersion in the precondition (1) does"
                        + " not match the ResourceVersion in record (" + version(made)
                        + "). The object might have been modified",
                refused.path("message").asString());
        server.json(200, "DELETE", MAPS + "/one", "{\"preconditions\":{\"uid\":\"" + uid + "\"}}");
    }

    @Test
    void aCollectionIsMarkedAndGoes() throws Exception {
        String selector = "?labelSelector=all%3Dgo";
        for (String name : List.of("x", "y")) {
            server.json(
                    201,
                    "POST",
                    PODS,
                    "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"all\":\"go\"}},\"spec\":{"
                            + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        }
        String since = version(server.json(200, "GET", PODS + selector, ""));
        server.json(200, "DELETE", PODS + selector, "");
        assertEquals(
                0, server.json(200, "GET", PODS + selector, "").path("items").size());
        assertEquals(List.of("MODIFIED 0", "DELETED 0"), events("x", since));
    }
}
