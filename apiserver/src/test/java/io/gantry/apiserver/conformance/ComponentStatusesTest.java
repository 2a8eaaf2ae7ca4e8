package io.gantry.apiserver.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.apiserver.LocalServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `kubectl get componentstatuses`, and clients that list whatever discovery names.
class ComponentStatusesTest {
    private static final String PATH = "/api/v1/componentstatuses";
    private static LocalServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void componentsAreListed() throws Exception {
        JsonNode list = server.json(200, "GET", PATH, "");
        assertEquals("ComponentStatusList", list.path("kind").asString(""));
        assertEquals(
                List.of("controller-manager", "etcd-0", "scheduler"),
                list.path("items")
                        .valueStream()
                        .map(i -> i.at("/metadata/name").asString(""))
                        .toList());
        JsonNode one = server.json(200, "GET", PATH + "?fieldSelector=metadata.name%3Detcd-0", "");
        assertEquals(1, one.path("items").size());
    }

    @Test
    void oneIsRead() throws Exception {
        JsonNode condition = server.json(200, "GET", PATH + "/etcd-0", "").at("/conditions/0");
        assertEquals("Healthy", condition.path("type").asString(""));
        assertEquals("True", condition.path("status").asString(""));
        server.json(404, "GET", PATH + "/nobody", "");
        server.json(405, "DELETE", PATH + "/etcd-0", "");
    }
}
