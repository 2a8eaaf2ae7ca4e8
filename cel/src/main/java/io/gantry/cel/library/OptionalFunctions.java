package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.LIST_OF_T;
import static io.gantry.cel.library.Overloads.T;
import static io.gantry.cel.library.Overloads.member;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Optional values; CEL's optional library declares most of them.
final class OptionalFunctions {
    private OptionalFunctions() {}

    static void add(FunctionTable table) {
        table.standard("optional.of", args -> Optional.of(args[0]));
        table.standard("optional.none", args -> Optional.empty());
        table.standard(
                "optional.ofNonZeroValue", args -> Values.isZero(args[0]) ? Optional.empty() : Optional.of(args[0]));
        table.standard("hasValue", args -> optional(args[0]).isPresent());
        table.standard(
                "value",
                args -> optional(args[0])
                        .<Object>map(value -> value)
                        .orElseThrow(() -> new CelError("optional.none() dereference")));
        table.standard("first", args -> edge(Arguments.list(args[0]), true));
        table.standard("last", args -> edge(Arguments.list(args[0]), false));
        table.standard("optional.unwrap", args -> unwrap(Arguments.list(args[0])));
        table.declare(
                "unwrapOpt",
                List.class,
                args -> unwrap(Arguments.list(args[0])),
                member("optional_unwrapOpt", LIST_OF_T, ListType.create(OptionalType.create(T))));
    }

    private static Optional<?> optional(Object value) {
        return Arguments.as(Optional.class, value);
    }

    private static Optional<?> edge(List<?> list, boolean first) {
        return list.isEmpty() ? Optional.empty() : Optional.of(first ? list.getFirst() : list.getLast());
    }

    private static Object unwrap(List<?> list) {
        List<Object> values = new ArrayList<>();
        for (Object element : list) {
            optional(element).ifPresent(values::add);
        }
        return values;
    }
}
