package io.gantry.api.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// A field that a schema does not have.
///
/// @param steps names and indices that lead to it
/// @param path as errors show it
/// @param pruned whether it is a custom resource's own field, not one of its metadata
record UnknownField(List<Object> steps, String path, boolean pruned) {
    /// As in a document whose fields are in the order of their names, as upstream's is once it was YAML or patched.
    private static final Comparator<UnknownField> BY_NAME =
            (a, b) -> Objects.compare(a.steps, b.steps, UnknownField::compareSteps);

    /// As upstream meets them in a custom resource (`schemaCoercingDecoder`): its metadata, then what is pruned, then
    /// metadata of objects inside it.
    private static final Comparator<UnknownField> OF_CUSTOM = Comparator.comparing(UnknownField::rank)
            .thenComparing((a, b) -> a.rank() == 0 ? BY_NAME.compare(a, b) : a.path.compareTo(b.path));

    UnknownField {
        steps = List.copyOf(steps);
    }

    /// Their errors, in the order in which they are given.
    static List<String> errors(List<UnknownField> fields) {
        return fields.stream()
                .map(field -> "unknown field \"" + field.path + "\"")
                .toList();
    }

    /// Their errors as in a document in the order of names.
    static List<String> byName(List<UnknownField> fields) {
        return sorted(fields, BY_NAME);
    }

    /// Their errors in a custom resource.
    static List<String> ofCustom(List<UnknownField> fields) {
        return sorted(fields, OF_CUSTOM);
    }

    private static List<String> sorted(List<UnknownField> fields, Comparator<UnknownField> order) {
        List<UnknownField> sorted = new ArrayList<>(fields);
        sorted.sort(order);
        return errors(sorted);
    }

    private int rank() {
        if (pruned) {
            return 1;
        }
        return steps.getFirst().equals("metadata") ? 0 : 2;
    }

    private static int compareSteps(List<Object> a, List<Object> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int difference = a.get(i) instanceof Integer one && b.get(i) instanceof Integer other
                    ? one.compareTo(other)
                    : a.get(i).toString().compareTo(b.get(i).toString());
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
