package io.gantry.controllermanager.simulation;

import io.gantry.api.Json;
import io.gantry.api.kind.Kind;
import io.gantry.client.http.Call;
import java.time.Duration;
import java.util.Map;

/// What people do to the cluster.
final class User {
    static final String NAMESPACE = "default";

    private final MemoryApi api;

    User(MemoryApi api) {
        this.api = api;
    }

    void node(String name) {
        send("POST", "/api/v1/nodes", "", """
                {"metadata":{"name":"%s","labels":{"kubernetes.io/hostname":"%s"},
                 "annotations":{"volumes.gantry.io/directory":"/volumes"}}}""".formatted(name, name));
        send("PATCH", "/api/v1/nodes/" + name + "/status", "application/merge-patch+json", """
                {"status":{"conditions":[{"type":"Ready","status":"True"}]}}""");
    }

    void create(Kind<?> kind, String name, String spec) {
        send("POST", collection(kind), "", "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}");
    }

    void patch(Kind<?> kind, String name, String patch) {
        send("PATCH", collection(kind) + "/" + name, "application/merge-patch+json", patch);
    }

    void delete(Kind<?> kind, String name, String propagation) {
        send("DELETE", collection(kind) + "/" + name, "", "{\"propagationPolicy\":\"" + propagation + "\"}");
    }

    private static String collection(Kind<?> kind) {
        return kind.basePath() + (kind.namespaced() ? "/namespaces/" + NAMESPACE : "") + "/" + kind.plural();
    }

    private void send(String method, String path, String type, String body) {
        api.send(new Call(
                method,
                path,
                type.isEmpty() ? Map.of() : Map.of("Content-Type", type),
                Json.MAPPER.writeValueAsBytes(Json.MAPPER.readTree(body)),
                Duration.ZERO,
                Call.Shape.WHOLE));
    }
}
