package io.gantry.controllermanager.simulation;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.coordination.v1.lease.LeaseKind;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.StatusCauseBuilder;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.client.http.Call;
import io.gantry.client.http.Exchange;
import io.gantry.client.http.Reply;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An API server in memory: the built-in kinds with their own defaults and rules, optimistic writes, finalizers, grace
/// periods, and a log of every change. One thread; the same calls give the same answers.
final class MemoryApi implements Exchange {
    /// A change, as a watch shows it.
    ///
    /// @param object the state after it; of a deletion the last one
    /// @param read the same as records
    record Change(Kind<?> kind, boolean deleted, ObjectNode object, Map<String, Object> read) {
        Change(Kind<?> kind, boolean deleted, ObjectNode object) {
            this(kind, deleted, object, new TreeMap<>());
        }

        String namespace() {
            return object.path("metadata").path("namespace").asString("");
        }

        /// Reads it once for all that are told.
        <T> T as(Class<T> type) {
            return type.cast(read.computeIfAbsent(type.getName(), t -> Json.MAPPER.treeToValue(object, type)));
        }
    }

    private final Clock clock;
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Change> log = new ArrayList<>();
    private long revision;
    private long made;
    private int changes;

    MemoryApi(Clock clock) {
        this.clock = clock;
    }

    List<Change> log() {
        return log;
    }

    /// How many changes there were but for nodes that only say that they live.
    int changes() {
        return changes;
    }

    /// Everything of a kind, in order of name.
    List<ObjectNode> all(Kind<?> kind) {
        String prefix = kind.groupResource() + "|";
        List<ObjectNode> found = new ArrayList<>();
        objects.forEach((key, object) -> {
            if (key.startsWith(prefix)) {
                found.add(object);
            }
        });
        return found;
    }

    Optional<ObjectNode> find(Kind<?> kind, String namespace, String name) {
        return Optional.ofNullable(objects.get(key(kind, namespace, name)));
    }

    private static String key(Kind<?> kind, String namespace, String name) {
        return kind.groupResource() + "|" + namespace + "|" + name;
    }

    @Override
    public Reply send(Call call) {
        if (call.method().equals("GET")) {
            return read(call);
        }
        return new Reply.Whole(Json.MAPPER.writeValueAsBytes(write(call)));
    }

    private Reply read(Call call) {
        if (call.path().equals("/api") || call.path().equals("/apis")) {
            return new Reply.Whole(
                    Json.MAPPER.writeValueAsBytes(Target.discovery(call.path().equals("/api"))));
        }
        Target target = Target.of(call.path());
        if (!target.name().isEmpty()) {
            if (!target.isServed()) {
                throw StatusException.noSuchPath();
            }
            return new Reply.Whole(Json.MAPPER.writeValueAsBytes(get(target)));
        }
        ObjectNode list = Json.MAPPER.createObjectNode();
        list.putObject("metadata").put("resourceVersion", Long.toString(revision));
        ArrayNode items = list.putArray("items");
        all(target.kind()).stream()
                .filter(o -> target.namespace().isEmpty()
                        || target.namespace()
                                .equals(o.path("metadata").path("namespace").asString("")))
                .forEach(items::add);
        return new Reply.Streamed(new ByteArrayInputStream(Json.MAPPER.writeValueAsBytes(list)));
    }

    private ObjectNode get(Target target) {
        return find(target.kind(), target.namespace(), target.name())
                .orElseThrow(() -> StatusException.notFound(
                        target.kind().group(), target.kind().plural(), target.name()));
    }

    private JsonNode write(Call call) {
        Target target = Target.of(call.path());
        ObjectNode body =
                (ObjectNode) Json.MAPPER.readTree(call.body().length == 0 ? new byte[] {'{', '}'} : call.body());
        return switch (call.method()) {
            case "POST" ->
                switch (target.subresource()) {
                    case "binding" -> bind(target, body);
                    case "eviction" -> evict(target);
                    default -> create(target, body);
                };
            case "PUT" -> update(target, body);
            case "PATCH" ->
                update(
                        target,
                        Target.patched(target, get(target), body, call.headers().getOrDefault("Content-Type", "")));
            case "DELETE" -> delete(target, body);
            default -> throw new IllegalArgumentException(call.method());
        };
    }

    private ObjectNode create(Target target, ObjectNode body) {
        ObjectNode metadata = body.withObject("metadata");
        if (metadata.path("name").asString("").isEmpty()) {
            metadata.put("name", metadata.path("generateName").asString("") + Long.toString(++made, 36));
        }
        String name = metadata.path("name").asString();
        refuseInTerminating(target, name);
        if (find(target.kind(), target.namespace(), name).isPresent()) {
            throw StatusException.alreadyExists(
                    target.kind().group(), target.kind().plural(), name);
        }
        metadata.put("uid", "uid-" + ++made);
        metadata.put("creationTimestamp", clock.instant().toString());
        metadata.remove("resourceVersion");
        metadata.put("generation", 1);
        if (target.kind().namespaced()) {
            metadata.put("namespace", target.namespace());
        }
        Target.prepare(target.kind(), body);
        store(target.kind(), body);
        return body;
    }

    /// As the admission plugin NamespaceLifecycle does; the namespaces that are always there are no objects here.
    private void refuseInTerminating(Target target, String name) {
        String namespace = target.namespace();
        if (namespace.isEmpty() || namespace.equals(User.NAMESPACE) || namespace.startsWith("kube-")) {
            return;
        }
        ObjectNode found = find(NamespaceKind.KIND, "", namespace)
                .orElseThrow(() -> StatusException.notFound("", "namespaces", namespace));
        if (found.path("metadata").has("deletionTimestamp")) {
            throw StatusException.of(
                    403,
                    "Forbidden",
                    target.kind().plural() + " \"" + name
                            + "\" is forbidden: unable to create new content in namespace " + target.namespace()
                            + " because it is being terminated",
                    StatusDetailsBuilder.builder()
                            .causes(List.of(StatusCauseBuilder.builder()
                                    .reason("NamespaceTerminating")
                                    .build()))
                            .build());
        }
    }

    private ObjectNode update(Target target, ObjectNode wanted) {
        ObjectNode old = get(target);
        ObjectNode metadata = wanted.withObject("metadata");
        String expected = metadata.path("resourceVersion").asString("");
        String uid = metadata.path("uid").asString("");
        JsonNode before = old.path("metadata");
        if (!expected.isEmpty()
                        && !expected.equals(before.path("resourceVersion").asString(""))
                || !uid.isEmpty() && !uid.equals(before.path("uid").asString(""))) {
            throw StatusException.conflict(target.kind().group(), target.kind().plural(), target.name(), "changed");
        }
        ObjectNode now = Target.merged(target, old, wanted);
        if (now.equals(old)) {
            return old;
        }
        if (isOver(now)) {
            return remove(target.kind(), now);
        }
        store(target.kind(), now);
        return now;
    }

    private static boolean isOver(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        return metadata.has("deletionTimestamp")
                && metadata.path("finalizers").isEmpty()
                && object.path("spec").path("finalizers").isEmpty()
                && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0;
    }

    private JsonNode delete(Target target, ObjectNode options) {
        ObjectNode old = get(target);
        JsonNode conditions = options.path("preconditions");
        for (String field : List.of("uid", "resourceVersion")) {
            String expected = conditions.path(field).asString("");
            if (!expected.isEmpty()
                    && !expected.equals(old.path("metadata").path(field).asString(""))) {
                throw StatusException.conflict(
                        target.kind().group(), target.kind().plural(), target.name(), "precondition failed");
            }
        }
        ObjectNode now = Target.deleted(target.kind(), old, options, clock.instant());
        if (isOver(now)) {
            return remove(target.kind(), now);
        }
        if (!now.equals(old)) {
            store(target.kind(), now);
        }
        return now;
    }

    private JsonNode bind(Target target, ObjectNode binding) {
        ObjectNode pod = get(target).deepCopy();
        JsonNode metadata = pod.path("metadata");
        String uid = binding.path("metadata").path("uid").asString("");
        boolean other = !uid.isEmpty() && !uid.equals(metadata.path("uid").asString(""));
        if (other || metadata.has("deletionTimestamp") || pod.path("spec").has("nodeName")) {
            throw StatusException.conflict("", "pods/binding", target.name(), "gone, going or already assigned");
        }
        pod.withObject("spec")
                .put("nodeName", binding.path("target").path("name").asString(""));
        pod.withObject("status").remove("nominatedNodeName");
        store(target.kind(), pod);
        return Json.MAPPER.createObjectNode().put("kind", "Status").put("status", "Success");
    }

    /// A deletion that the budgets over the pod allow.
    private JsonNode evict(Target target) {
        ObjectNode pod = get(target);
        Map<String, String> labels = new TreeMap<>();
        pod.path("metadata")
                .path("labels")
                .properties()
                .forEach(l -> labels.put(l.getKey(), l.getValue().asString("")));
        for (ObjectNode budget : all(PodDisruptionBudgetKind.KIND)) {
            JsonNode selector = budget.path("spec").path("selector");
            if (!budget.path("metadata").path("namespace").asString("").equals(target.namespace())
                    || !LabelSelectors.matches(Json.MAPPER.treeToValue(selector, LabelSelector.class), labels)) {
                continue;
            }
            ObjectNode spent = budget.deepCopy();
            ObjectNode status = spent.withObject("status");
            int allowed = status.path("disruptionsAllowed").asInt(0);
            if (allowed <= 0
                    || status.path("observedGeneration").asInt(0)
                            < budget.path("metadata").path("generation").asInt(0)) {
                throw StatusException.of(429, "TooManyRequests", "Cannot evict pod", null);
            }
            status.put("disruptionsAllowed", allowed - 1);
            status.withObject("disruptedPods")
                    .put(target.name(), clock.instant().toString());
            store(PodDisruptionBudgetKind.KIND, spent);
        }
        return delete(target, Json.MAPPER.createObjectNode());
    }

    private ObjectNode remove(Kind<?> kind, ObjectNode object) {
        ObjectNode last = object.deepCopy();
        last.withObject("metadata").put("resourceVersion", Long.toString(++revision));
        objects.remove(key(
                kind,
                last.path("metadata").path("namespace").asString(""),
                last.path("metadata").path("name").asString("")));
        logged(new Change(kind, true, last));
        return last;
    }

    private void store(Kind<?> kind, ObjectNode object) {
        ObjectNode metadata = object.withObject("metadata");
        metadata.put("resourceVersion", Long.toString(++revision));
        objects.put(
                key(
                        kind,
                        metadata.path("namespace").asString(""),
                        metadata.path("name").asString("")),
                object);
        logged(new Change(kind, false, object.deepCopy()));
    }

    private void logged(Change change) {
        log.add(change);
        changes += change.kind().equals(LeaseKind.KIND) ? 0 : 1;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void close() {}
}
