package io.gantry.apiserver.endpoint;

import io.gantry.apiserver.registry.ServedResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What deleting an object means, as pure functions (upstream `registry/rest/delete.go`, `registry/generic/registry`).
final class Deletions {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final long DEFAULT_GRACE_SECONDS = 30;

    private Deletions() {}

    /// What to do with an object.
    ///
    /// @param graceSeconds what `deletionGracePeriodSeconds` becomes where the object stays
    record Plan(boolean removeNow, boolean changed, long graceSeconds) {}

    /// Whether an object that is being deleted has nothing left to wait for.
    static boolean isComplete(ServedResource resource, JsonNode object) {
        return Metadata.isDeleting(object)
                && !Metadata.hasFinalizers(object)
                && object.path("metadata").path("deletionGracePeriodSeconds").asLong(0) == 0
                && (!resource.is("", "namespaces")
                        || object.path("spec").path("finalizers").isEmpty());
    }

    /// Sets finalizers and the deletion's timestamp on `object`.
    static Plan begin(ServedResource resource, ObjectNode object, DeleteOptions options, Instant now) {
        if (!Metadata.isDeleting(object)) {
            resource.rules().beginDeletion(object, now);
        }
        boolean changed = propagate(resource, object, options);
        OptionalLong grace = grace(resource, object, options);
        boolean namespace = resource.is("", "namespaces");
        boolean waits = Metadata.hasFinalizers(object)
                || namespace && !object.path("spec").path("finalizers").isEmpty();
        long seconds = grace.orElse(0);
        ObjectNode metadata = Metadata.of(object);
        if (!Metadata.isDeleting(object)) {
            if (seconds == 0 && !waits) {
                return new Plan(true, true, 0);
            }
            metadata.put("deletionTimestamp", Metadata.time(now.plusSeconds(seconds)));
            metadata.put("deletionGracePeriodSeconds", seconds);
            if (resource.traits().generation() && metadata.path("generation").asLong(0) > 0) {
                metadata.put("generation", metadata.path("generation").asLong() + 1);
            }
            if (namespace) {
                object.withObject("status").put("phase", "Terminating");
            }
            return new Plan(false, true, seconds);
        }
        long before = metadata.path("deletionGracePeriodSeconds").asLong(0);
        if (seconds == 0 && !waits) {
            return new Plan(true, true, 0);
        }
        if (grace.isPresent() && seconds < before) {
            Instant end = Instant.parse(metadata.path("deletionTimestamp").asString())
                    .minusSeconds(before)
                    .plusSeconds(seconds);
            metadata.put("deletionTimestamp", Metadata.time(end));
            metadata.put("deletionGracePeriodSeconds", seconds);
            return new Plan(false, true, seconds);
        }
        return new Plan(false, changed, before);
    }

    /// How long a pod may take; 0 for everything else.
    private static OptionalLong grace(ServedResource resource, JsonNode object, DeleteOptions options) {
        if (!resource.is("", "pods")) {
            return OptionalLong.of(0);
        }
        JsonNode spec = object.path("spec");
        String phase = object.path("status").path("phase").asString("");
        if (spec.path("nodeName").asString("").isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
            return OptionalLong.of(0);
        }
        if (options.graceSeconds().isPresent()) {
            // Upstream takes a negative period for one second.
            long asked = options.graceSeconds().getAsLong();
            return OptionalLong.of(asked < 0 ? 1 : asked);
        }
        if (Metadata.isDeleting(object)) {
            return OptionalLong.of(
                    object.path("metadata").path("deletionGracePeriodSeconds").asLong(0));
        }
        return OptionalLong.of(spec.path("terminationGracePeriodSeconds").asLong(DEFAULT_GRACE_SECONDS));
    }

    private static boolean propagate(ServedResource resource, ObjectNode object, DeleteOptions options) {
        ObjectNode metadata = Metadata.of(object);
        List<String> wanted = new ArrayList<>();
        metadata.path("finalizers").forEach(f -> wanted.add(f.asString()));
        List<String> before = List.copyOf(wanted);
        switch (options.propagation()) {
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
            return false;
        }
        if (wanted.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            ArrayNode finalizers = metadata.putArray("finalizers");
            wanted.forEach(finalizers::add);
        }
        return true;
    }

    private static void addTo(List<String> finalizers, String name) {
        if (!finalizers.contains(name)) {
            finalizers.add(name);
        }
    }
}
