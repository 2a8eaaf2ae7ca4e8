package io.gantry.controllermanager.simulation;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Kind;
import io.gantry.client.http.Call;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What people do to the cluster.
final class User {
    static final String NAMESPACE = "default";

    private final MemoryApi api;
    private final Kubelets kubelets;
    private final VirtualClock clock;
    private final String namespace;

    User(MemoryApi api, Kubelets kubelets, VirtualClock clock) {
        this(api, kubelets, clock, NAMESPACE);
    }

    private User(MemoryApi api, Kubelets kubelets, VirtualClock clock, String namespace) {
        this.api = api;
        this.kubelets = kubelets;
        this.clock = clock;
        this.namespace = namespace;
    }

    /// The same in another namespace.
    User in(String other) {
        return new User(api, kubelets, clock, other);
    }

    /// Lets time pass in which nobody does anything.
    void sleep(Duration time) {
        clock.advance(time);
    }

    String uid(Kind<?> kind, String name) {
        return api.find(kind, kind.namespaced() ? namespace : "", name)
                .orElseThrow()
                .path("metadata")
                .path("uid")
                .asString();
    }

    /// A node that has room for volumes.
    void node(String name) {
        node(name, "a", ",\"annotations\":{\"volumes.gantry.io/directory\":\"/volumes\"}");
    }

    /// A node that may go for good.
    void node(String name, String zone) {
        node(name, zone, "");
    }

    private void node(String name, String zone, String more) {
        send(
                "POST",
                "/api/v1/nodes",
                "",
                "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"kubernetes.io/hostname\":\"" + name
                        + "\",\"topology.kubernetes.io/zone\":\"" + zone + "\",\"volumes\":\""
                        + (more.isEmpty() ? "no" : "yes") + "\"}" + more + "}}");
        send("PATCH", "/api/v1/nodes/" + name + "/status", "application/merge-patch+json", """
                {"status":{"conditions":[{"type":"Ready","status":"True"}],
                "allocatable":{"cpu":"4","memory":"8Gi","pods":"110"}}}""");
    }

    /// Its kubelet stops.
    void fail(String node) {
        kubelets.fail(node);
    }

    void recover(String node) {
        kubelets.recover(node);
    }

    /// Asks for the eviction of the first pod of an app; a budget may refuse.
    void evict(String app) {
        for (ObjectNode pod : api.all(PodKind.KIND)) {
            if (pod.path("metadata").path("labels").path("app").asString("").equals(app)
                    && !pod.path("metadata").has("deletionTimestamp")) {
                String name = pod.path("metadata").path("name").asString("");
                try {
                    send(
                            "POST",
                            collection(PodKind.KIND) + "/" + name + "/eviction",
                            "",
                            "{\"metadata\":{\"name\":\"" + name + "\"}}");
                } catch (StatusException e) {
                    if (e.code() != 429) {
                        throw e;
                    }
                }
                return;
            }
        }
    }

    /// An object that has no spec.
    void make(Kind<?> kind, String name, String fields) {
        send("POST", collection(kind), "", "{\"metadata\":{\"name\":\"" + name + "\"}" + fields + "}");
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

    private String collection(Kind<?> kind) {
        return kind.basePath() + (kind.namespaced() ? "/namespaces/" + namespace : "") + "/" + kind.plural();
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
