package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.BOOL;
import static io.gantry.cel.library.Overloads.LIST_OF_T;
import static io.gantry.cel.library.Overloads.global;

import io.gantry.cel.value.Equality;
import java.util.List;

/// Lists as sets.
final class SetFunctions {
    private SetFunctions() {}

    static void add(FunctionTable table) {
        table.declare(
                "sets.contains",
                List.class,
                args -> contains(Arguments.list(args[0]), Arguments.list(args[1])),
                global("list_sets_contains_list", BOOL, LIST_OF_T, LIST_OF_T));
        table.declare(
                "sets.equivalent",
                List.class,
                args -> contains(Arguments.list(args[0]), Arguments.list(args[1]))
                        && contains(Arguments.list(args[1]), Arguments.list(args[0])),
                global("list_sets_equivalent_list", BOOL, LIST_OF_T, LIST_OF_T));
        table.declare(
                "sets.intersects",
                List.class,
                args -> Arguments.list(args[0]).stream()
                        .anyMatch(element -> Equality.contains(Arguments.list(args[1]), element)),
                global("list_sets_intersects_list", BOOL, LIST_OF_T, LIST_OF_T));
    }

    private static boolean contains(List<?> list, List<?> wanted) {
        return wanted.stream().allMatch(element -> Equality.contains(list, element));
    }
}
