package io.gantry.api.managedfields;

import io.gantry.api.StatusException;
import io.gantry.api.decode.Bodies;
import io.gantry.api.schema.StructSchema;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/// What kubectl's client-side apply left in an annotation, and what server-side apply makes of it (KEP-555,
/// "Kubectl").
final class LastApplied {
    static final String KUBECTL = "kubectl";
    static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private LastApplied() {}

    /// The fields of the last client-side apply that are still as it left them; none when there was none.
    static FieldSet unchangedFields(StructSchema root, ObjectNode live, String apiVersion) {
        String text = annotation(live);
        if (text.isEmpty()) {
            return new FieldSet();
        }
        try {
            ObjectNode last = Bodies.json(text.getBytes(StandardCharsets.UTF_8)).tree();
            if (!last.path("apiVersion").asString("").equals(apiVersion)) {
                return new FieldSet();
            }
            Comparison changes = Comparison.of(root, last, live);
            return FieldSets.of(root, last)
                    .difference(changes.modified())
                    .difference(changes.added())
                    .difference(changes.removed());
        } catch (StatusException | IllegalArgumentException unreadable) {
            return new FieldSet();
        }
    }

    /// Keeps the annotation in step when kubectl applies on the server.
    static void refresh(ObjectNode object, ObjectNode config, String manager) {
        if (!manager.equals(KUBECTL) || annotation(object).isEmpty()) {
            return;
        }
        ObjectNode applied = config.deepCopy();
        if (applied.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(ANNOTATION);
        }
        object.withObject("/metadata/annotations").put(ANNOTATION, applied + "\n");
    }

    private static String annotation(ObjectNode object) {
        return object.path("metadata").path("annotations").path(ANNOTATION).asString("");
    }
}
