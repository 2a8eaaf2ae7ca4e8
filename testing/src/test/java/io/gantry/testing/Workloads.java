package io.gantry.testing;

import static org.awaitility.Awaitility.await;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Kind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.Patch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Workloads of one namespace, in few words.
record Workloads(ApiClient client, String namespace) {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /// A pod template of an app, with annotations for the simulated runtime.
    static String template(String app, String annotations, String restartPolicy) {
        return "\"template\":{\"metadata\":{\"labels\":{\"app\":\"" + app + "\"},\"annotations\":{" + annotations
                + "}},\"spec\":{\"terminationGracePeriodSeconds\":0,\"restartPolicy\":\"" + restartPolicy
                + "\",\"containers\":[{\"name\":\"c\",\"image\":\"example/image\"}]}}";
    }

    static String replicated(String app, int replicas, String more) {
        return "{" + more + "\"replicas\":" + replicas + ",\"selector\":{\"matchLabels\":{\"app\":\"" + app + "\"}},"
                + template(app, "", "Always") + "}";
    }

    /// The spec of a ReplicationController.
    static String controller(String app, int replicas) {
        return "{\"replicas\":" + replicas + ",\"selector\":{\"app\":\"" + app + "\"}," + template(app, "", "Always")
                + "}";
    }

    /// @param seconds how long each pod runs
    static String job(String more, int seconds, int exitCode) {
        return "{" + more
                + template(
                        "job",
                        "\"simulated.gantry.io/run-seconds\":\"" + seconds + "\",\"simulated.gantry.io/exit-code\":\""
                                + exitCode + "\"",
                        "Never")
                + "}";
    }

    <T extends KubernetesObject> T create(Kind<T> kind, String name, String spec) {
        return createWith(kind, name, "", spec);
    }

    <T extends KubernetesObject> T createWith(Kind<T> kind, String name, String metadata, String spec) {
        String json = "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + namespace + "\"" + metadata
                + "},\"spec\":" + spec + "}";
        return client.resource(kind).create(Json.MAPPER.readValue(json, kind.type()));
    }

    <T extends KubernetesObject> void patch(Kind<T> kind, String name, String patch) {
        client.resource(kind).patch(namespace, name, Patch.merge(Json.MAPPER.readTree(patch)));
    }

    /// Reads, changes and writes back, as often as another write comes between.
    <T extends KubernetesObject> T update(Kind<T> kind, String name, Consumer<ObjectNode> change) {
        while (true) {
            ObjectNode object = Json.MAPPER.valueToTree(client.resource(kind).get(namespace, name));
            change.accept(object);
            try {
                return client.resource(kind).update(Json.MAPPER.treeToValue(object, kind.type()));
            } catch (StatusException e) {
                if (!e.isConflict()) {
                    throw e;
                }
            }
        }
    }

    /// @throws StatusException 429 when a budget forbids it
    void evict(String pod) {
        client.resource(PodKind.KIND)
                .post(
                        namespace,
                        pod,
                        "eviction",
                        Map.of(
                                "apiVersion",
                                "policy/v1",
                                "kind",
                                "Eviction",
                                "metadata",
                                Map.of("name", pod, "namespace", namespace)),
                        JsonNode.class);
    }

    <T extends KubernetesObject> void delete(Kind<T> kind, String name, Deletion deletion) {
        client.resource(kind).delete(namespace, name, deletion);
    }

    /// The object as a tree, once it is as wanted.
    <T extends KubernetesObject> ObjectNode when(Kind<T> kind, String name, Predicate<JsonNode> wanted) {
        return await().atMost(PATIENCE)
                .until(
                        () -> client.resource(kind)
                                .find(namespace, name)
                                .map(o -> (ObjectNode) Json.MAPPER.valueToTree(o))
                                .orElseGet(Json.MAPPER::createObjectNode),
                        wanted::test);
    }

    <T extends KubernetesObject> void whenGone(Kind<T> kind, String name) {
        await().atMost(PATIENCE).until(() -> client.resource(kind).find(namespace, name), Optional::isEmpty);
    }

    <T extends KubernetesObject> List<T> all(Kind<T> kind) {
        return client.resource(kind).list(ListOptions.inNamespace(namespace)).items();
    }

    List<Pod> pods(String app) {
        return all(PodKind.KIND).stream()
                .filter(p -> app.equals(p.metadata().labels().get("app")))
                .toList();
    }

    List<Pod> whenPods(String app, Predicate<List<Pod>> wanted) {
        return await().atMost(PATIENCE).until(() -> pods(app), wanted::test);
    }

    static Set<String> names(List<? extends KubernetesObject> objects) {
        return objects.stream().map(o -> String.valueOf(o.metadata().name())).collect(Collectors.toSet());
    }

    static Predicate<JsonNode> status(String field, int value) {
        return object -> object.path("status").path(field).asInt(0) == value;
    }

    static Predicate<JsonNode> condition(String type, String reason) {
        return object -> object.path("status")
                .path("conditions")
                .valueStream()
                .anyMatch(c -> c.path("type").asString("").equals(type)
                        && c.path("status").asString("").equals("True")
                        && (reason.isEmpty() || c.path("reason").asString("").equals(reason)));
    }
}
