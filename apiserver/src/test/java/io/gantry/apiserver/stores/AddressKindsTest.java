package io.gantry.apiserver.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.ApiServer;
import io.gantry.apiserver.Security;
import io.gantry.apiserver.ServerConfig;
import io.gantry.store.memory.MemoryStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every verb of the kinds that say which addresses Services have.
class AddressKindsTest {
    private record Case(String plural, List<String> names, String spec) {
        String body(int i) {
            return "{\"metadata\":{\"name\":\"" + names.get(i) + "\",\"labels\":{\"test\":\"yes\"}},\"spec\":"
                    + spec.replace("#", Integer.toString(i)) + "}";
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("servicecidrs", List.of("more-0", "more-1", "more-2"), "{\"cidrs\":[\"10.20#.0.0/24\"]}"),
            new Case(
                    "ipaddresses",
                    List.of("192.0.2.10", "192.0.2.11", "192.0.2.12"),
                    "{\"parentRef\":{\"group\":\"\",\"resource\":\"services\",\"namespace\":\"default\",\"name\":\"s#\"}}"));

    @Test
    void haveEveryVerb() throws Exception {
        try (MemoryStore store = new MemoryStore();
                ApiServer server = ApiServer.start(ServerConfig.local(store), objects -> Security.none());
                Api api = new Api(server.address().getPort())) {
            JsonNode resources = api.get(200, "/apis/networking.k8s.io/v1").path("resources");
            for (Case kind : CASES) {
                assertTrue(resources.toString().contains("\"name\":\"" + kind.plural() + "\""), kind.plural());
                verbs(api, kind);
            }
        }
    }

    private static void verbs(Api api, Case kind) throws Exception {
        String path = "/apis/networking.k8s.io/v1/" + kind.plural();
        String selected = path + "?labelSelector=test%3Dyes";
        String version =
                api.get(200, path).path("metadata").path("resourceVersion").asString();
        try (Api.Stream events = api.watch(selected + "&watch=true&resourceVersion=" + version)) {
            for (int i = 0; i < 3; i++) {
                api.call(201, "POST", path, kind.body(i));
                assertEquals("ADDED " + kind.names().get(i), events.event());
            }
            assertEquals(3, api.get(200, selected).path("items").size());
            String one = path + "/" + kind.names().getFirst();
            api.call(200, "PATCH", one, "{\"metadata\":{\"annotations\":{\"patched\":\"true\"}}}");
            assertEquals("MODIFIED " + kind.names().getFirst(), events.event());
            JsonNode read = api.get(200, one);
            assertEquals(
                    "true",
                    read.path("metadata").path("annotations").path("patched").asString());
            String updated = read.toString().replace("\"patched\":\"true\"", "\"updated\":\"true\"");
            assertEquals(
                    "true",
                    api.call(200, "PUT", one, updated)
                            .path("metadata")
                            .path("annotations")
                            .path("updated")
                            .asString());
            assertEquals("MODIFIED " + kind.names().getFirst(), events.event());
            api.call(200, "DELETE", one, "");
            assertEquals("DELETED " + kind.names().getFirst(), events.event());
            api.get(404, one);
            api.call(200, "DELETE", selected, "");
            assertEquals(0, api.get(200, selected).path("items").size());
        }
    }

    @Test
    void aRangeHasAStatus() throws Exception {
        try (MemoryStore store = new MemoryStore();
                ApiServer server = ApiServer.start(ServerConfig.local(store), objects -> Security.none());
                Api api = new Api(server.address().getPort())) {
            String path = "/apis/networking.k8s.io/v1/servicecidrs";
            api.call(201, "POST", path, CASES.getFirst().body(0));
            String condition =
                    "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\",\"reason\":\"Set\","
                            + "\"message\":\"by hand\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}}";
            api.call(200, "PATCH", path + "/more-0/status", condition);
            JsonNode read = api.get(200, path + "/more-0/status");
            assertEquals(
                    "Set",
                    read.path("status")
                            .path("conditions")
                            .path(0)
                            .path("reason")
                            .asString());
            JsonNode immutable = api.call(422, "PATCH", path + "/more-0", "{\"spec\":{\"cidrs\":[\"10.250.0.0/24\"]}}");
            assertTrue(immutable.path("message").asString().contains("spec.cidrs"), immutable.toString());
        }
    }
}
