package io.gantry.api.protobuf;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fields of a message by number, for reading, and by their JSON names, for writing. Numbers that are not here are
/// skipped, as protobuf demands. Immutable, save that names are gathered at their first use, since messages contain
/// themselves.
final class MessagePlan {
    /// Where a JSON field goes.
    ///
    /// @param path numbers of the messages around it whose fields JSON holds inline, the outermost first
    @SuppressWarnings("ArrayRecordComponent")
    record Target(int[] path, int number, FieldPlan field) {
        private Target below(int outer) {
            int[] longer = new int[path.length + 1];
            longer[0] = outer;
            System.arraycopy(path, 0, longer, 1, path.length);
            return new Target(longer, number, field);
        }
    }

    private static final int[] DIRECT = {};

    private final Map<Integer, FieldPlan> fields;
    private volatile @Nullable Map<String, Target> targets;

    MessagePlan(Map<Integer, FieldPlan> fields) {
        this.fields = Map.copyOf(fields);
    }

    Map<Integer, FieldPlan> fields() {
        return fields;
    }

    /// Fields by JSON name, those of inline messages among them.
    Map<String, Target> targets() {
        Map<String, Target> known = targets;
        if (known == null) {
            known = gather();
            targets = known;
        }
        return known;
    }

    private Map<String, Target> gather() {
        Map<String, Target> found = new HashMap<>();
        fields.forEach((number, field) -> {
            if (!(field.value() instanceof FieldPlan.Inline)) {
                found.put(field.jsonName(), new Target(DIRECT, number, field));
            }
        });
        fields.forEach((number, field) -> {
            if (field.value() instanceof FieldPlan.Inline inline) {
                inline.plan().get().targets().forEach((name, target) -> found.putIfAbsent(name, target.below(number)));
            }
        });
        return Map.copyOf(found);
    }
}
