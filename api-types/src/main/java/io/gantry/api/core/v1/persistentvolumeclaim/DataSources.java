package io.gantry.api.core.v1.persistentvolumeclaim;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The two fields that name what a claim is filled from (upstream `pkg/api/persistentvolumeclaim/util.go`, KEP-1495).
final class DataSources {
    private static final String SOURCE = "dataSource";
    private static final String REFERENCE = "dataSourceRef";

    private DataSources() {}

    /// Drops what has always been ignored, and fills each of the two fields from the other where one is absent.
    ///
    /// @param old the spec before, or a missing node at creation
    static void prepare(ObjectNode spec, JsonNode old) {
        if (!given(spec.path(REFERENCE), "namespace").isEmpty() && !old.has(REFERENCE)) {
            spec.remove(REFERENCE);
        }
        if (!old.has(SOURCE) && !old.has(REFERENCE) && !spec.has(REFERENCE) && !isClaimOrSnapshot(spec.path(SOURCE))) {
            spec.remove(SOURCE);
        }
        if (spec.has(SOURCE) && !spec.has(REFERENCE)) {
            copy(spec, SOURCE, REFERENCE);
        } else if (spec.has(REFERENCE)
                && !spec.has(SOURCE)
                && given(spec.path(REFERENCE), "namespace").isEmpty()) {
            copy(spec, REFERENCE, SOURCE);
        }
    }

    private static boolean isClaimOrSnapshot(JsonNode source) {
        return switch (given(source, "kind")) {
            case "PersistentVolumeClaim" -> given(source, "apiGroup").isEmpty();
            case "VolumeSnapshot" -> given(source, "apiGroup").equals("snapshot.storage.k8s.io");
            default -> false;
        };
    }

    private static void copy(ObjectNode spec, String from, String to) {
        ObjectNode copy = spec.putObject(to);
        for (String field : new String[] {"apiGroup", "kind", "name"}) {
            JsonNode value = spec.path(from).path(field);
            if (value.isString()) {
                copy.set(field, value);
            }
        }
    }

    private static String given(JsonNode source, String field) {
        return source.path(field).asString("");
    }
}
