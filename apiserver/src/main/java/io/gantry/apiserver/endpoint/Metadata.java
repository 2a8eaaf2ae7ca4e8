package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the server itself does to metadata (upstream `registry/rest/create.go`, `update.go`).
final class Metadata {
    private static final String NAME_CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;
    private static final int MAX_GENERATED_BASE = 63 - SUFFIX;

    /// What no writer changes, where the object has it.
    private static final List<String> KEPT = List.of("creationTimestamp", "deletionTimestamp");

    /// What the object has unless the writer says otherwise, which then is no valid change.
    private static final List<String> FILLED_IN = List.of("name", "namespace", "uid", "deletionGracePeriodSeconds");

    private Metadata() {}

    static ObjectNode of(ObjectNode object) {
        return object.get("metadata") instanceof ObjectNode metadata ? metadata : object.putObject("metadata");
    }

    static String text(JsonNode object, String field) {
        return object.path("metadata").path(field).asString("");
    }

    /// Whether a resourceVersion names a revision of the store: zero does not, nor does what is no number.
    static boolean isVersion(String text) {
        if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
            return false;
        }
        try {
            return Long.parseUnsignedLong(text) != 0;
        } catch (NumberFormatException noNumber) {
            return false;
        }
    }

    /// The revision that a writer expects the object to have, empty for any, which zero is too (upstream's
    /// `ObjectResourceVersion`).
    static String expectedVersion(JsonNode object) {
        String version = text(object, "resourceVersion");
        return version.equals("0") ? "" : version;
    }

    /// The 400 of an object that lacks the name which its URL has.
    static StatusException nameless(Call call) {
        return StatusException.badRequest("the name of the object ("
                + call.info().name() + " based on URL) was undeterminable: name must be provided");
    }

    /// What replaces an object must have the name of the URL.
    ///
    /// @throws StatusException a bad request
    static void checkName(Call call, JsonNode object) {
        String name = text(object, "name");
        if (name.isEmpty()) {
            throw nameless(call);
        }
        if (!name.equals(call.info().name())) {
            throw StatusException.badRequest("the name of the object (" + name
                    + ") does not match the name on the URL (" + call.info().name() + ")");
        }
    }

    /// Now, in whole seconds, as timestamps of objects are.
    static String time(Instant now) {
        return Timestamps.text(now);
    }

    /// The namespace of the URL must be that of the object; what has none loses the one it was given, as upstream's.
    static void checkNamespace(Call call, ObjectNode object) {
        ObjectNode metadata = of(object);
        if (!call.resource().namespaced()) {
            metadata.remove("namespace");
            return;
        }
        String namespace = metadata.path("namespace").asString("");
        if (namespace.isEmpty()) {
            metadata.put("namespace", call.namespace());
        } else if (!namespace.equals(call.namespace())) {
            throw StatusException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    /// Makes a name from `generateName` where there is none.
    ///
    /// @return whether one was made
    static boolean generateName(ObjectNode object) {
        ObjectNode metadata = of(object);
        String base = metadata.path("generateName").asString("");
        if (!metadata.path("name").asString("").isEmpty() || base.isEmpty()) {
            return false;
        }
        StringBuilder name =
                new StringBuilder(base.length() > MAX_GENERATED_BASE ? base.substring(0, MAX_GENERATED_BASE) : base);
        for (int i = 0; i < SUFFIX; i++) {
            name.append(NAME_CHARACTERS.charAt(ThreadLocalRandom.current().nextInt(NAME_CHARACTERS.length())));
        }
        metadata.put("name", name.toString());
        return true;
    }

    /// Takes away what a new object cannot say, before anybody owns it (upstream `WipeObjectMetaSystemFields`).
    static void wipe(ObjectNode object) {
        of(object).remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"));
    }

    /// Sets what only the server may set on a new object.
    static void created(ObjectNode object, boolean generation, Instant now) {
        wipe(object);
        ObjectNode metadata = of(object);
        metadata.remove("generation");
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", time(now));
        if (generation) {
            metadata.put("generation", 1);
        }
    }

    /// Puts back what an update may not change. What it may not say otherwise stays as it says, and is refused later.
    static void updated(ObjectNode object, ObjectNode old) {
        ObjectNode metadata = of(object);
        metadata.remove("selfLink");
        JsonNode before = old.path("metadata");
        putBack(metadata, before, "generation");
        KEPT.stream().filter(before::has).forEach(field -> putBack(metadata, before, field));
        Stream.concat(KEPT.stream(), FILLED_IN.stream())
                .filter(field -> absent(metadata.path(field)))
                .forEach(field -> putBack(metadata, before, field));
    }

    private static void putBack(ObjectNode metadata, JsonNode before, String field) {
        if (before.has(field)) {
            metadata.set(field, before.get(field));
        } else {
            metadata.remove(field);
        }
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || value.isString() && value.stringValue().isEmpty();
    }

    /// Raises the generation when something other than metadata and status changed.
    ///
    /// @param statusCounts whether the status is like any other field
    static void countChange(ObjectNode object, ObjectNode old, boolean annotationsCount, boolean statusCounts) {
        boolean changed = !without(object).equals(without(old))
                || statusCounts && !object.path("status").equals(old.path("status"))
                || annotationsCount
                        && !object.path("metadata")
                                .path("annotations")
                                .equals(old.path("metadata").path("annotations"));
        if (changed) {
            of(object).put("generation", old.path("metadata").path("generation").asLong(0) + 1);
        }
    }

    private static ObjectNode without(ObjectNode object) {
        ObjectNode rest = object.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            switch (field.getKey()) {
                case "metadata", "status", "apiVersion", "kind" -> {}
                default -> rest.set(field.getKey(), field.getValue());
            }
        }
        return rest;
    }

    static boolean isDeleting(JsonNode object) {
        return object.path("metadata").has("deletionTimestamp");
    }

    static boolean hasFinalizers(JsonNode object) {
        return !object.path("metadata").path("finalizers").isEmpty();
    }
}
