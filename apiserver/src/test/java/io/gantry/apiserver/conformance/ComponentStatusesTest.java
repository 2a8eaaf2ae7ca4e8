package io.gantry.apiserver.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.apiserver.LocalServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `kubectl get componentstatuses`, and clients that list whatever discovery names.
class ComponentStatusesTest {
    private static final String PATH = "/api/v1/componentstatuses";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @Test
    void componentsAreListed() throws Exception {
        JsonNode list = SERVER.json(200, "GET", PATH, "");
        assertEquals("ComponentStatusList", list.path("kind").asString(""));
        assertEquals(
                List.of("controller-manager", "etcd-0", "scheduler"),
                list.path("items")
                        .valueStream()
                        .map(i -> i.at("/metadata/name").asString(""))
                        .toList());
        JsonNode one = SERVER.json(200, "GET", PATH + "?fieldSelector=metadata.name%3Detcd-0", "");
        assertEquals(1, one.path("items").size());
    }

    @Test
    void oneIsRead() throws Exception {
        JsonNode condition = SERVER.json(200, "GET", PATH + "/etcd-0", "").at("/conditions/0");
        assertEquals("Healthy", condition.path("type").asString(""));
        assertEquals("True", condition.path("status").asString(""));
        SERVER.json(404, "GET", PATH + "/nobody", "");
        SERVER.json(405, "DELETE", PATH + "/etcd-0", "");
    }
}
