package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.LocalServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What an eviction is answered for each state of the pod's budget (upstream `pod/storage/eviction.go`).
class EvictionTest {
    private static final String CORE = "/api/v1/namespaces/default/pods";
    private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    private static void pod(String name) throws Exception {
        SERVER.json(
                201,
                "POST",
                CORE,
                "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"app\":\"" + name
                        + "\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        SERVER.patch(
                200,
                CORE + "/" + name + "/status",
                "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    }

    private static void budget(String name, String app, String status) throws Exception {
        SERVER.json(
                201,
                "POST",
                BUDGETS,
                "{\"metadata\":{\"name\":\"" + name
                        + "\"},\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"app\":\"" + app
                        + "\"}}}}");
        SERVER.patch(200, BUDGETS + "/" + name + "/status", "{\"status\":" + status + "}");
    }

    private static JsonNode evict(int code, String pod, String name) throws Exception {
        return SERVER.json(code, "POST", CORE + "/" + pod + "/eviction", "{\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    zero   | "disruptionsAllowed":0,"desiredHealthy":2,"currentHealthy":1 | The disruption budget zero needs 2 healthy pods and has 1 currently
                    sync   | "disruptionsAllowed":0,"conditions":[{"type":"DisruptionAllowed","status":"False","reason":"SyncFailed","message":"why","lastTransitionTime":"2026-01-01T00:00:00Z"}] | The disruption budget sync does not allow evicting pods currently because it failed sync: why
                    old    | "observedGeneration":0,"disruptionsAllowed":1 | The disruption budget old is still being processed by the server.
                    """)
    void aBudgetRefuses(String name, String status, String cause) throws Exception {
        pod(name);
        String whole = "{\"desiredHealthy\":1,\"currentHealthy\":1,\"expectedPods\":1,"
                + (status.contains("observedGeneration") ? "" : "\"observedGeneration\":1,") + status + "}";
        budget(name, name, whole);
        JsonNode refused = evict(429, name, name);
        assertEquals("TooManyRequests", refused.path("reason").asString());
        assertEquals(
                "Cannot evict pod as it would violate the pod's disruption budget.",
                refused.path("message").asString());
        JsonNode why = refused.path("details").path("causes").path(0);
        assertEquals("DisruptionBudget", why.path("reason").asString());
        assertEquals(cause, why.path("message").asString());
    }

    @Test
    void theLastDisruptionSaysThatNoneIsLeft() throws Exception {
        pod("last");
        budget(
                "last",
                "last",
                "{\"observedGeneration\":1,\"disruptionsAllowed\":1,\"currentHealthy\":2,"
                        + "\"desiredHealthy\":1,\"expectedPods\":2}");
        assertTrue(evict(400, "last", "other").path("message").asString().startsWith("name in URL does not match"));
        evict(201, "last", "last");
        JsonNode status = SERVER.json(200, "GET", BUDGETS + "/last", "").path("status");
        assertEquals(0, status.path("disruptionsAllowed").asInt());
        assertTrue(status.path("disruptedPods").has("last"));
        assertEquals(
                "InsufficientPods",
                status.path("conditions").path(0).path("reason").asString());
    }

    /// Reads of budgets must not come from a cache that lags.
    @Test
    void aBudgetThatWasJustMadeCounts() throws Exception {
        for (int i = 0; i < 40; i++) {
            String name = "fresh-" + i;
            pod(name);
            SERVER.json(
                    201,
                    "POST",
                    BUDGETS,
                    "{\"metadata\":{\"name\":\"" + name
                            + "\"},\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"app\":\"" + name
                            + "\"}}}}");
            evict(429, name, name);
        }
    }

    @Test
    void twoBudgetsAreTooMany() throws Exception {
        pod("two");
        budget(
                "two-a",
                "two",
                "{\"observedGeneration\":1,\"disruptionsAllowed\":1,\"currentHealthy\":1,"
                        + "\"desiredHealthy\":1,\"expectedPods\":1}");
        budget(
                "two-b",
                "two",
                "{\"observedGeneration\":1,\"disruptionsAllowed\":1,\"currentHealthy\":1,"
                        + "\"desiredHealthy\":1,\"expectedPods\":1}");
        JsonNode refused = evict(500, "two", "two");
        assertEquals(
                "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
                refused.path("message").asString());
    }

    /// What is posted to subresources is decoded as strictly as objects are.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    pods/form/eviction | {"apiVersion":"policy/v2","metadata":{"name":"form"}} | 400 | the API version in the data (policy/v2) does not match the expected API version (policy/v1)
                    pods/form/eviction | {"kind":"Pod","metadata":{"name":"form"}} | 400 | Pod in version "v1" cannot be handled as a Eviction: converting (policy/v1.Pod) to (v1.Eviction): unknown conversion
                    pods/form/eviction | {"metadata":{"name":"form","name":"form"},"foo":1} | 400 | Eviction in version "v1" cannot be handled as a Eviction: strict decoding error: duplicate field "metadata.name", unknown field "foo"
                    pods/form/eviction | {"metadata":{"name":"form"},"deleteOptions":{"gracePeriodSeconds":"x"}} | 400 | Eviction in version "v1" cannot be handled as a Eviction: json: cannot unmarshal string into Go struct field DeleteOptions.deleteOptions.gracePeriodSeconds of type int64
                    pods/form/binding | {"target":{"name":"n","foo":1}} | 400 | Binding in version "v1" cannot be handled as a Binding: strict decoding error: unknown field "target.foo"
                    bindings | {"metadata":{"name":"form"},"foo":1} | 400 | Binding in version "v1" cannot be handled as a Binding: strict decoding error: unknown field "foo"
                    pods/form/eviction | {"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"form"}} | 201 | ``
                    """)
    void bodiesOfSubresourcesAreDecoded(String path, String body, int code, String message) throws Exception {
        if (code == 201) {
            pod("form");
        }
        String url = "/api/v1/namespaces/default/" + path + "?fieldValidation=Strict";
        assertEquals(
                message, SERVER.json(code, "POST", url, body).path("message").asString(""));
    }
}
