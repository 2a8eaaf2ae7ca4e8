package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BinaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Subresources that the server answers from the object itself.
final class Subresources {
    private final Writes writes;
    private final Answers answers;
    private final Bodies bodies;
    private final Deletes deletes;
    private final Reads reads;
    private final Patches patches;
    private final BriefWrites brief;

    Subresources(
            Writes writes,
            Answers answers,
            Bodies bodies,
            Deletes deletes,
            Reads reads,
            Patches patches,
            BriefWrites brief) {
        this.writes = writes;
        this.answers = answers;
        this.bodies = bodies;
        this.deletes = deletes;
        this.reads = reads;
        this.patches = patches;
        this.brief = brief;
    }

    Map<String, Verbs.Subresource> all() {
        Map<String, Verbs.Subresource> all = new HashMap<>();
        Scales scales = new Scales(writes, bodies);
        all.put("*/scale", scales::answer);
        all.put("pods/binding", this::binding);
        all.put("pods/eviction", call -> post(call, () -> new Evictions(deletes, writes, bodies).evict(call)));
        all.put("pods/ephemeralcontainers", this::podPart);
        all.put("pods/resize", this::podPart);
        all.put("namespaces/finalize", this::finalizers);
        all.put("certificatesigningrequests/approval", this::approval);
        return all;
    }

    static Answer post(Call call, Callable<Response> work) {
        return Answer.later(posted(call, work));
    }

    private static Callable<Response> posted(Call call, Callable<Response> work) {
        if (!call.info().verb().equals("create")) {
            throw Call.notAllowed();
        }
        return () -> {
            call.resource().storage().ifPresent(storage -> storage.cache().load());
            return work.call();
        };
    }

    private Answer binding(Call call) {
        return brief.later(
                call,
                posted(
                        call,
                        () -> Bindings.bind(call, writes, bodies, call.info().name())));
    }

    private Answer podPart(Call call) {
        return part(call, PodPart.of(call.info().subresource())::take);
    }

    private Answer approval(Call call) {
        return part(call, this::approved);
    }

    /// `GET`, `PUT` and `PATCH` of a part of an object.
    ///
    /// @param take puts the part of the second object into the first, which it may change, and returns it
    private Answer part(Call call, BinaryOperator<ObjectNode> take) {
        return switch (call.info().verb()) {
            case "get" -> reads.get(call);
            case "update" ->
                Answer.later(() -> {
                    WriteOptions options = WriteOptions.of(call.request());
                    ObjectNode body = named(call, options);
                    return written(call, options, current -> versioned(take.apply(current.deepCopy(), body), body));
                });
            case "patch" ->
                Answer.later(() -> {
                    WriteOptions options = WriteOptions.of(call.request());
                    Writes.Change patch = patches.change(call, options);
                    return written(
                            call, options, current -> take.apply(current.deepCopy(), patch.apply(current.deepCopy())));
                });
            default -> throw Call.notAllowed();
        };
    }

    private ObjectNode named(Call call, WriteOptions options) {
        ObjectNode body = bodies.object(call, options);
        Metadata.checkName(call, body);
        return body;
    }

    private Response written(Call call, WriteOptions options, Writes.Change change) {
        call.storage().cache().load();
        return answers.stored(
                call,
                200,
                writes.update(call, call.key(), Writes.Part.ANY, change, options, true)
                        .bytes());
    }

    private static ObjectNode versioned(ObjectNode target, ObjectNode body) {
        String version = Metadata.text(body, "resourceVersion");
        if (!version.isEmpty()) {
            Metadata.of(target).put("resourceVersion", version);
        }
        return target;
    }

    private Answer finalizers(Call call) {
        if (!call.info().verb().equals("update")) {
            throw Call.notAllowed();
        }
        return Answer.later(() -> {
            WriteOptions options = WriteOptions.of(call.request());
            ObjectNode body = named(call, options);
            return written(call, options, current -> {
                JsonNode wanted = body.path("spec").path("finalizers");
                if (wanted.isEmpty()) {
                    current.withObject("spec").remove("finalizers");
                } else {
                    current.withObject("spec").set("finalizers", wanted);
                }
                return versioned(current, body);
            });
        });
    }

    private ObjectNode approved(ObjectNode current, ObjectNode wanted) {
        ArrayNode conditions = wanted.path("status").path("conditions") instanceof ArrayNode given
                ? given.deepCopy()
                : current.arrayNode();
        String now = Metadata.time(writes.clock().instant());
        conditions.forEach(condition -> {
            if (condition instanceof ObjectNode object) {
                for (String field : List.of("lastUpdateTime", "lastTransitionTime")) {
                    if (!object.has(field)) {
                        object.put(field, now);
                    }
                }
            }
        });
        current.withObject("status").set("conditions", conditions);
        current.set("metadata", wanted.path("metadata").deepCopy());
        return current;
    }

    static ObjectNode success(int code) {
        ObjectNode status = Json.MAPPER.createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Success").put("code", code);
        return status;
    }
}
