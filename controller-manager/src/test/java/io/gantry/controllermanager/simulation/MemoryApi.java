package io.gantry.controllermanager.simulation;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.Kind;
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
    record Change(Kind<?> kind, boolean deleted, ObjectNode object) {
        String namespace() {
            return object.path("metadata").path("namespace").asString("");
        }
    }

    private final Clock clock;
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Change> log = new ArrayList<>();
    private long revision;
    private long made;

    MemoryApi(Clock clock) {
        this.clock = clock;
    }

    List<Change> log() {
        return log;
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
            case "POST" -> target.subresource().equals("binding") ? bind(target, body) : create(target, body);
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
        pod.withObject("spec")
                .put("nodeName", binding.path("target").path("name").asString(""));
        store(target.kind(), pod);
        return pod;
    }

    private ObjectNode remove(Kind<?> kind, ObjectNode object) {
        ObjectNode last = object.deepCopy();
        last.withObject("metadata").put("resourceVersion", Long.toString(++revision));
        objects.remove(key(
                kind,
                last.path("metadata").path("namespace").asString(""),
                last.path("metadata").path("name").asString("")));
        log.add(new Change(kind, true, last));
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
        log.add(new Change(kind, false, object.deepCopy()));
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void close() {}
}
