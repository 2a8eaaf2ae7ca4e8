package io.gantry.apiserver.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.KindCatalog;
import io.gantry.apiserver.negotiation.Document;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DiscoveryTest {
    private static final String V2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String V2BETA1 = "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    private final Discovery discovery = new Discovery(BuiltInDiscovery.versions(KindCatalog.all()), "10.0.0.1:6443");

    @Test
    void aggregatesWhenAsked() {
        Document apis = answer("/apis", V2 + "," + V2BETA1 + ",application/json");
        assertEquals(V2, apis.headers().get("content-type"));
        assertEquals("Accept", apis.headers().get("vary"));
        JsonNode list = json(apis);
        assertEquals("apidiscovery.k8s.io/v2", list.path("apiVersion").asString());
        JsonNode apps = find(
                list.path("items"),
                item -> item.path("metadata").path("name").asString("").equals("apps"));
        JsonNode deployments = find(
                apps.path("versions").path(0).path("resources"),
                resource -> resource.path("resource").asString("").equals("deployments"));
        assertEquals("deploy", deployments.path("shortNames").path(0).asString());
        assertEquals("Namespaced", deployments.path("scope").asString());
        assertEquals(
                "Scale",
                deployments
                        .path("subresources")
                        .path(0)
                        .path("responseKind")
                        .path("kind")
                        .asString());
        JsonNode autoscaling = find(
                list.path("items"),
                item -> item.path("metadata").path("name").asString("").equals("autoscaling"));
        assertEquals("v2", autoscaling.path("versions").path(0).path("version").asString());
        assertEquals(V2BETA1, answer("/api", V2BETA1).headers().get("content-type"));
    }

    @Test
    void knowsWhatTheClientHas() {
        String etag = answer("/api", V2).headers().getOrDefault("etag", "");
        Document again = discovery.answer("/api", V2, etag).orElseThrow();
        assertEquals(304, again.status());
        assertEquals(0, again.body().length);
    }

    @Test
    void answersPlainly() {
        assertEquals("v1", json(answer("/api", "")).path("versions").path(0).asString());
        assertEquals(
                "APIGroupList",
                json(answer("/apis", "application/json")).path("kind").asString());
        assertEquals(
                "autoscaling/v2",
                json(answer("/apis/autoscaling", "*/*"))
                        .path("preferredVersion")
                        .path("groupVersion")
                        .asString());
        JsonNode core = json(answer("/api/v1/", ""));
        List<String> names = names(core);
        assertTrue(
                names.containsAll(List.of("pods", "pods/eviction", "pods/log", "namespaces/finalize", "bindings")),
                names::toString);
        JsonNode eviction =
                find(core.path("resources"), r -> r.path("name").asString("").equals("pods/eviction"));
        assertEquals("policy", eviction.path("group").asString());
    }

    @Test
    void hidesKindsThatAreOnlySubresources() {
        assertEquals(
                List.of("horizontalpodautoscalers", "horizontalpodautoscalers/status"),
                names(json(answer("/apis/autoscaling/v1", ""))));
        assertFalse(names(json(answer("/apis/policy/v1", ""))).contains("evictions"));
        JsonNode review = find(
                json(answer("/apis/authorization.k8s.io/v1", "")).path("resources"),
                r -> r.path("name").asString("").equals("selfsubjectaccessreviews"));
        assertEquals("[\"create\"]", review.path("verbs").toString());
    }

    @Test
    void leavesOtherPathsAlone() {
        for (String path :
                List.of("/apis/nothing", "/apis/apps/v2", "/api/v2", "/api/v1/pods", "/apis//v1", "/version", "/")) {
            assertTrue(discovery.answer(path, "", "").isEmpty(), path);
        }
    }

    @Test
    void refusesUnknownForms() {
        assertEquals(
                406,
                assertThrows(StatusException.class, () -> answer("/apis", "text/plain"))
                        .code());
    }

    @Test
    void ordersVersionsByStability() {
        assertEquals(
                List.of("v2", "v1", "v2beta1", "v1beta2", "v1beta1", "v3alpha1", "bar", "foo"),
                Stream.of("foo", "v1beta1", "v3alpha1", "v1", "v2beta1", "bar", "v2", "v1beta2")
                        .sorted(VersionOrder.INSTANCE)
                        .toList());
    }

    private Document answer(String path, String accept) {
        return discovery.answer(path, accept, "").orElseThrow();
    }

    private static JsonNode json(Document document) {
        return Json.MAPPER.readTree(document.body());
    }

    private static List<String> names(JsonNode resourceList) {
        return StreamSupport.stream(resourceList.path("resources").spliterator(), false)
                .map(resource -> resource.path("name").asString())
                .toList();
    }

    private static JsonNode find(JsonNode array, java.util.function.Predicate<JsonNode> wanted) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }
}
