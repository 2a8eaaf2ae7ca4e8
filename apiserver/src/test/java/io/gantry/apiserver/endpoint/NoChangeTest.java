package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.apiserver.LocalServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Writes that say what is there already, perhaps in other words, write nothing.
class NoChangeTest {
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
    void theDocumentThatMadeAnObjectChangesNothing() throws Exception {
        String sets = "/apis/apps/v1/namespaces/default/statefulsets";
        String set = """
                {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"s","labels":{"app":"s"}},
                 "spec":{"serviceName":"s","selector":{"matchLabels":{"app":"s"}},
                  "template":{"metadata":{"labels":{"app":"s"}},"spec":{"containers":[
                   {"name":"c","image":"i","resources":{"limits":{"memory":"2048Mi"}}}]}},
                  "volumeClaimTemplates":[{"metadata":{"name":"s"},"spec":{"accessModes":["ReadWriteOnce"],
                   "resources":{"requests":{"storage":"1Gi"}}}}]}}""";
        JsonNode made = server.json(201, "POST", sets, set);
        assertEquals(made, server.json(200, "PUT", sets + "/s", set));
        assertEquals(made, server.json(200, "PUT", sets + "/s", set.replace("2048Mi", "2Gi")));
    }
}
