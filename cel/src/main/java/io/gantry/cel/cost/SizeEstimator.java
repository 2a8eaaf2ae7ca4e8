package io.gantry.cel.cost;

import io.gantry.cel.type.DeclType;
import java.util.List;
import java.util.Optional;

/// How large a value at a path can be.
public interface SizeEstimator {
    /// @param path from a variable, e.g. `self`, `items`, `@items`
    Optional<Range> size(List<String> path);

    /// By the type of the one variable `self`.
    static SizeEstimator of(DeclType root) {
        return path -> {
            DeclType type = root;
            for (String name : path.subList(1, path.size())) {
                Optional<DeclType> next = switch (name) {
                    case "@items", "@values" -> type.element();
                    case "@keys" -> type.kind() == DeclType.Kind.MAP ? Optional.of(DeclType.STRING) : Optional.empty();
                    default -> Optional.ofNullable(type.fields().get(name));
                };
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                type = next.get();
            }
            return Optional.of(new Range(0, type.maxElements()));
        };
    }
}
