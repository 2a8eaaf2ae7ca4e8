package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.BOOL;
import static io.gantry.cel.library.Overloads.DYN;
import static io.gantry.cel.library.Overloads.INT;
import static io.gantry.cel.library.Overloads.LIST_OF_T;
import static io.gantry.cel.library.Overloads.T;
import static io.gantry.cel.library.Overloads.global;
import static io.gantry.cel.library.Overloads.member;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Equality;
import io.gantry.cel.value.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Kubernetes' lists library and CEL's lists extension.
final class ListFunctions {
    private static final Map<String, CelType> SUMMABLE = new LinkedHashMap<>();
    private static final Map<String, CelType> COMPARABLE = new LinkedHashMap<>();
    private static final long MAX_RANGE = 1_000_000;

    static {
        SUMMABLE.put("int", SimpleType.INT);
        SUMMABLE.put("uint", SimpleType.UINT);
        SUMMABLE.put("double", SimpleType.DOUBLE);
        SUMMABLE.put("duration", SimpleType.DURATION);
        COMPARABLE.putAll(SUMMABLE);
        COMPARABLE.put("bool", SimpleType.BOOL);
        COMPARABLE.put("timestamp", SimpleType.TIMESTAMP);
        COMPARABLE.put("string", SimpleType.STRING);
        COMPARABLE.put("bytes", SimpleType.BYTES);
    }

    private ListFunctions() {}

    static void add(FunctionTable table) {
        table.declare(
                "isSorted",
                List.class,
                args -> sorted(Arguments.list(args[0])),
                each(
                        COMPARABLE,
                        (name, type) -> member("list_" + name + "_is_sorted_bool", BOOL, ListType.create(type))));
        table.declare(
                "sum",
                List.class,
                args -> sum(Arguments.list(args[0])),
                each(SUMMABLE, (name, type) -> member("list_" + name + "_sum_" + name, type, ListType.create(type))));
        table.declare(
                "max",
                List.class,
                args -> extreme(Arguments.list(args[0]), "max", -1),
                each(COMPARABLE, (name, type) -> member("list_" + name + "_max_" + name, type, ListType.create(type))));
        table.declare(
                "min",
                List.class,
                args -> extreme(Arguments.list(args[0]), "min", 1),
                each(COMPARABLE, (name, type) -> member("list_" + name + "_min_" + name, type, ListType.create(type))));
        table.declare(
                "indexOf",
                List.class,
                args -> index(Arguments.list(args[0]), args[1], false),
                member("list_a_index_of_int", INT, LIST_OF_T, T));
        table.declare(
                "lastIndexOf",
                List.class,
                args -> index(Arguments.list(args[0]), args[1], true),
                member("list_a_last_index_of_int", INT, LIST_OF_T, T));
        extension(table);
    }

    private static void extension(FunctionTable table) {
        table.declare(
                "slice",
                List.class,
                args -> slice(Arguments.list(args[0]), Arguments.number(args[1]), Arguments.number(args[2])),
                member("list_slice", LIST_OF_T, LIST_OF_T, INT, INT));
        table.declare(
                "flatten",
                List.class,
                args -> flatten(Arguments.list(args[0]), args.length > 1 ? Arguments.number(args[1]) : 1),
                member("list_flatten", LIST_OF_T, ListType.create(LIST_OF_T)),
                member("list_flatten_int", ListType.create(DYN), ListType.create(DYN), INT));
        table.declare(
                "lists.range",
                Long.class,
                args -> range(Arguments.number(args[0])),
                global("lists_range", ListType.create(INT), INT));
        table.declare(
                "reverse",
                List.class,
                args -> List.copyOf(Arguments.list(args[0])).reversed(),
                member("list_reverse", LIST_OF_T, LIST_OF_T));
        table.declare(
                "distinct",
                List.class,
                args -> distinct(Arguments.list(args[0])),
                member("list_distinct", LIST_OF_T, LIST_OF_T));
        table.declare(
                "sort",
                List.class,
                args -> sort(Arguments.list(args[0]), Arguments.list(args[0])),
                each(
                        COMPARABLE,
                        (name, type) ->
                                member("list_" + name + "_sort", ListType.create(type), ListType.create(type))));
        table.declare(
                "@sortByAssociatedKeys",
                List.class,
                args -> sort(Arguments.list(args[0]), Arguments.list(args[1])),
                each(
                        COMPARABLE,
                        (name, type) -> member(
                                "list_" + name + "_sortByAssociatedKeys",
                                LIST_OF_T,
                                LIST_OF_T,
                                ListType.create(type))));
    }

    private interface Template {
        CelOverloadDecl of(String name, CelType type);
    }

    private static CelOverloadDecl[] each(Map<String, CelType> types, Template template) {
        return types.entrySet().stream()
                .map(entry -> template.of(entry.getKey(), entry.getValue()))
                .toArray(CelOverloadDecl[]::new);
    }

    private static boolean sorted(List<?> list) {
        return IntStream.range(1, list.size()).allMatch(i -> Values.compare(list.get(i - 1), list.get(i)) <= 0);
    }

    private static Object sum(List<?> list) {
        Function plus = table().prepared("_+_", 2, at -> Optional.empty());
        Object sum = list.isEmpty() ? zero() : list.getFirst();
        for (int i = 1; i < list.size(); i++) {
            sum = plus.apply(sum, list.get(i));
        }
        if (!(sum instanceof Number)
                && !(sum instanceof Duration)
                && !Values.typeName(sum).equals("uint")) {
            throw CelError.noSuchOverload();
        }
        return sum;
    }

    private static Object zero() {
        return 0L;
    }

    private static FunctionTable table() {
        return Plus.TABLE;
    }

    /// The operator `+`, by itself.
    private static final class Plus {
        static final FunctionTable TABLE = new FunctionTable();

        static {
            Operators.add(TABLE);
        }
    }

    private static Object extreme(List<?> list, String name, int worse) {
        if (list.isEmpty()) {
            throw new CelError(name + " called on empty list");
        }
        Object best = list.getFirst();
        for (Object candidate : list) {
            if (Integer.signum(Values.compare(best, candidate)) == worse) {
                best = candidate;
            }
        }
        return best;
    }

    private static Object index(List<?> list, Object wanted, boolean last) {
        for (int i = 0; i < list.size(); i++) {
            int at = last ? list.size() - 1 - i : i;
            if (Equality.equal(list.get(at), wanted)) {
                return (long) at;
            }
        }
        return -1L;
    }

    private static Object slice(List<?> list, long from, long to) {
        if (from < 0 || to < 0) {
            throw new CelError("cannot slice(" + from + ", " + to + "), negative indexes not supported");
        }
        if (from > to) {
            throw new CelError(
                    "cannot slice(" + from + ", " + to + "), start index must be less than or equal to end index");
        }
        if (to > list.size()) {
            throw new CelError("cannot slice(" + from + ", " + to + "), list is length " + list.size());
        }
        return List.copyOf(list.subList((int) from, (int) to));
    }

    private static List<Object> flatten(List<?> list, long depth) {
        if (depth < 0) {
            throw new CelError("level must be non-negative");
        }
        List<Object> flat = new ArrayList<>();
        for (Object element : list) {
            if (depth > 0 && element instanceof List<?> nested) {
                flat.addAll(flatten(nested, depth - 1));
            } else {
                flat.add(element);
            }
        }
        return flat;
    }

    private static Object range(long end) {
        if (end > MAX_RANGE) {
            throw new CelError("lists.range exceeds the maximum of " + MAX_RANGE);
        }
        return LongStream.range(0, end).<Object>mapToObj(i -> i).toList();
    }

    private static Object distinct(List<?> list) {
        List<Object> distinct = new ArrayList<>();
        for (Object element : list) {
            if (!Equality.contains(distinct, element)) {
                distinct.add(element);
            }
        }
        return distinct;
    }

    private static Object sort(List<?> list, List<?> keys) {
        if (list.size() != keys.size()) {
            throw new CelError("@sortByAssociatedKeys() expected a list of the same size as the associated keys list, "
                    + "but got " + list.size() + " and " + keys.size() + " elements respectively");
        }
        return IntStream.range(0, list.size())
                .boxed()
                .sorted((a, b) -> Values.compare(keys.get(a), keys.get(b)))
                .<Object>map(list::get)
                .toList();
    }
}
