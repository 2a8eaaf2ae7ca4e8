package io.gantry.api.managedfields;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.StatusCause;
import io.gantry.api.meta.v1.StatusCauseBuilder;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import io.gantry.api.schema.StructSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// Fields that an apply would take from their owners.
final class Conflicts {
    private static final int CONFLICT = 409;

    private Conflicts() {}

    /// @throws StatusException 409 when somebody else owns a written field; kubectl may take over what its client-side
    /// apply wrote last
    static void refuse(
            StructSchema root,
            Ownership ownership,
            Manager manager,
            FieldSet written,
            ObjectNode live,
            String version) {
        Map<Manager, FieldSet> conflicts = new TreeMap<>(Manager.ORDER);
        ownership.all().forEach((other, owned) -> {
            FieldSet both = owned.fields().intersection(written);
            if (!other.equals(manager) && !both.isEmpty()) {
                conflicts.put(other, both);
            }
        });
        if (conflicts.isEmpty()) {
            return;
        }
        if (manager.name().equals(LastApplied.KUBECTL)) {
            FieldSet allowed = LastApplied.unchangedFields(root, live, version);
            conflicts.replaceAll((other, fields) -> fields.difference(allowed));
            conflicts.values().removeIf(FieldSet::isEmpty);
            if (conflicts.isEmpty()) {
                return;
            }
        }
        throw conflict(conflicts);
    }

    private static StatusException conflict(Map<Manager, FieldSet> conflicts) {
        List<StatusCause> causes = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        conflicts.forEach((manager, fields) -> {
            lines.add("conflicts with " + manager.shown() + ":");
            for (String path : fields.paths()) {
                lines.add("- " + path);
                causes.add(StatusCauseBuilder.builder()
                        .reason("FieldManagerConflict")
                        .message("conflict with " + manager.shown())
                        .field(path)
                        .build());
            }
        });
        String message = causes.size() == 1
                ? "Apply failed with 1 conflict: " + causes.getFirst().message() + ": "
                        + causes.getFirst().field()
                : "Apply failed with " + causes.size() + " conflicts: " + String.join("\n", lines);
        return StatusException.of(
                CONFLICT,
                "Conflict",
                message,
                StatusDetailsBuilder.builder().causes(causes).build());
    }
}
