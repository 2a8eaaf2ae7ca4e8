package io.gantry.apiserver.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One path with its operations. Parameters that all of them have are the path's own, as in upstream's
/// documents. Of one thread.
final class PathItem {
    private static final Comparator<Parameter> ORDER =
            Comparator.comparing(Parameter::name).thenComparing(Parameter::in);

    private final List<Parameter> inPath;
    private final List<Operation> operations = new ArrayList<>();

    /// @param inPath what is in braces
    PathItem(List<Parameter> inPath) {
        this.inPath = List.copyOf(inPath);
    }

    PathItem add(Operation operation) {
        operations.add(operation);
        return this;
    }

    boolean isEmpty() {
        return operations.isEmpty();
    }

    /// Of an item that is not empty.
    void write(ObjectNode node, Dialect dialect, String tag) {
        Set<Parameter> shared = new LinkedHashSet<>(operations.getFirst().parameters());
        operations.forEach(each -> shared.retainAll(each.parameters()));
        operations.forEach(each -> each.write(node, dialect, tag, parametersOf(each, shared)));
        List<Parameter> own = new ArrayList<>(inPath);
        own.addAll(shared);
        if (!own.isEmpty()) {
            ArrayNode array = node.putArray("parameters");
            own.stream().sorted(ORDER).forEach(each -> each.append(array, dialect));
        }
    }

    private static List<Parameter> parametersOf(Operation operation, Set<Parameter> shared) {
        return operation.parameters().stream()
                .filter(each -> !shared.contains(each))
                .sorted(ORDER)
                .toList();
    }
}
