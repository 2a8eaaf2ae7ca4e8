package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.registry.ServedResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What deleting an object means, as pure functions (upstream `registry/rest/delete.go`, `registry/generic/registry`).
final class Deletions {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";

    private Deletions() {}

    /// What is written of a deletion.
    enum Step {
        /// Nothing: a deletion is under way and this one asks for nothing else.
        PENDING,
        /// The object with its marks; it stays.
        MARK,
        /// The object with its marks, then its removal.
        MARK_AND_REMOVE,
        /// Its removal.
        REMOVE
    }

    /// Whether an object that is being deleted has nothing left to wait for.
    static boolean isComplete(ServedResource resource, JsonNode object) {
        return Metadata.isDeleting(object)
                && !Metadata.hasFinalizers(object)
                && object.path("metadata").path("deletionGracePeriodSeconds").asLong(0) == 0
                && !hasContent(resource, object);
    }

    /// Kinds whose first deletion only marks them, whatever it says.
    static boolean marksFirst(ServedResource resource) {
        return resource.is("", "namespaces") || resource.is("apiextensions.k8s.io", "customresourcedefinitions");
    }

    private static boolean hasContent(ServedResource resource, JsonNode object) {
        return resource.is("", "namespaces")
                && !object.path("spec").path("finalizers").isEmpty();
    }

    /// Sets finalizers and the deletion's timestamp on `object`, where it is written.
    static Step begin(ServedResource resource, ObjectNode object, DeleteOptions options, Instant now) {
        boolean deleting = Metadata.isDeleting(object);
        if (!deleting && marksFirst(resource)) {
            return markFirst(resource, object, options, now);
        }
        if (hasContent(resource, object)) {
            return Step.PENDING;
        }
        if (!resource.is("", "pods")) {
            return endNow(resource, object, options, now);
        }
        return deleting ? hasten(resource, object, options, now) : beginPod(resource, object, options, now);
    }

    private static Step markFirst(ServedResource resource, ObjectNode object, DeleteOptions options, Instant now) {
        resource.rules().beginDeletion(object, now);
        Metadata.of(object).put("deletionTimestamp", Metadata.time(now));
        if (resource.is("", "namespaces")) {
            object.withObject("status").put("phase", "Terminating");
            propagate(resource, object, options);
        }
        return Step.MARK;
    }

    /// Without a grace period: marked only where somebody has to finish something first.
    private static Step endNow(ServedResource resource, ObjectNode object, DeleteOptions options, Instant now) {
        propagate(resource, object, options);
        if (!Metadata.hasFinalizers(object)) {
            return Step.REMOVE;
        }
        ObjectNode metadata = Metadata.of(object);
        if (!Metadata.isDeleting(object)) {
            mark(object, now, 0);
        } else if (end(metadata).isAfter(now)) {
            metadata.put("deletionTimestamp", Metadata.time(now));
        }
        if (metadata.path("deletionGracePeriodSeconds").asLong(-1) != 0) {
            metadata.put("deletionGracePeriodSeconds", 0L);
        }
        return Step.MARK;
    }

    private static Step beginPod(ServedResource resource, ObjectNode object, DeleteOptions options, Instant now) {
        long seconds = grace(object, options);
        mark(object, now.plusSeconds(seconds), seconds);
        return marked(resource, object, options, seconds);
    }

    /// A period that runs can only be shortened.
    private static Step hasten(ServedResource resource, ObjectNode object, DeleteOptions options, Instant now) {
        ObjectNode metadata = Metadata.of(object);
        long before = metadata.path("deletionGracePeriodSeconds").asLong(0);
        if (before == 0) {
            return endNow(resource, object, options, now);
        }
        if (options.graceSeconds().isEmpty() || notNegative(options) >= before) {
            return Step.PENDING;
        }
        long asked = notNegative(options);
        Instant end = end(metadata).minusSeconds(before).plusSeconds(asked);
        boolean over = end.isBefore(now);
        metadata.put("deletionTimestamp", Metadata.time(over ? now : end));
        // What is over already is left to whoever ends the pod, for the shortest time there is.
        metadata.put("deletionGracePeriodSeconds", over ? Math.min(asked, 1) : asked);
        return marked(resource, object, options, asked);
    }

    private static Step marked(ServedResource resource, ObjectNode object, DeleteOptions options, long seconds) {
        propagate(resource, object, options);
        return seconds > 0 || Metadata.hasFinalizers(object) ? Step.MARK : Step.MARK_AND_REMOVE;
    }

    private static void mark(ObjectNode object, Instant end, long seconds) {
        ObjectNode metadata = Metadata.of(object);
        metadata.put("deletionTimestamp", Metadata.time(end));
        metadata.put("deletionGracePeriodSeconds", seconds);
        long generation = metadata.path("generation").asLong(0);
        if (generation > 0) {
            metadata.put("generation", generation + 1);
        }
    }

    private static Instant end(JsonNode metadata) {
        return Instant.parse(metadata.path("deletionTimestamp").asString());
    }

    /// How long a pod may take; nobody waits for one that runs nowhere.
    private static long grace(JsonNode pod, DeleteOptions options) {
        JsonNode spec = pod.path("spec");
        String phase = pod.path("status").path("phase").asString("");
        if (spec.path("nodeName").asString("").isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
            return 0;
        }
        return options.graceSeconds().isPresent()
                ? notNegative(options)
                : Math.max(0, spec.path("terminationGracePeriodSeconds").asLong(0));
    }

    /// Upstream takes a negative period for one second.
    private static long notNegative(DeleteOptions options) {
        long asked = options.graceSeconds().orElse(0);
        return asked < 0 ? 1 : asked;
    }

    private static void propagate(ServedResource resource, ObjectNode object, DeleteOptions options) {
        ObjectNode metadata = Metadata.of(object);
        List<String> wanted = new ArrayList<>();
        metadata.path("finalizers").forEach(f -> wanted.add(f.asString()));
        List<String> before = List.copyOf(wanted);
        switch (collectable(resource) ? options.propagation() : "Background") {
            case "Foreground" -> {
                wanted.remove(ORPHAN);
                addTo(wanted, FOREGROUND);
            }
            case "Orphan" -> {
                wanted.remove(FOREGROUND);
                addTo(wanted, ORPHAN);
            }
            case "Background" -> wanted.removeAll(List.of(FOREGROUND, ORPHAN));
            default -> {
                if (resource.traits().orphansByDefault() && !wanted.contains(FOREGROUND)) {
                    addTo(wanted, ORPHAN);
                }
            }
        }
        if (wanted.equals(before)) {
            return;
        }
        if (wanted.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            ArrayNode finalizers = metadata.putArray("finalizers");
            wanted.forEach(finalizers::add);
        }
    }

    /// Events have no dependents.
    private static boolean collectable(ServedResource resource) {
        return !resource.is("", "events") && !resource.is("events.k8s.io", "events");
    }

    private static void addTo(List<String> finalizers, String name) {
        if (!finalizers.contains(name)) {
            finalizers.add(name);
        }
    }
}
