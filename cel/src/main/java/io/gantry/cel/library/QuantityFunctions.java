package io.gantry.cel.library;

import static io.gantry.cel.library.Overloads.BOOL;
import static io.gantry.cel.library.Overloads.INT;
import static io.gantry.cel.library.Overloads.STRING;
import static io.gantry.cel.library.Overloads.global;
import static io.gantry.cel.library.Overloads.member;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.gantry.api.resource.Quantity;
import io.gantry.cel.value.CelError;

/// Quantities such as `1.5Gi` (upstream `k8s.io/apiserver/pkg/cel/library/quantity.go`).
final class QuantityFunctions {
    private static final CelType QUANTITY = OpaqueTypes.of(CelQuantity.TYPE);

    private QuantityFunctions() {}

    static void add(FunctionTable table) {
        table.type(QUANTITY);
        table.declare(
                "quantity",
                String.class,
                args -> new CelQuantity(parse(Arguments.text(args[0]))),
                global("string_to_quantity", QUANTITY, STRING));
        table.declare(
                "isQuantity",
                String.class,
                args -> isQuantity(Arguments.text(args[0])),
                global("is_quantity_string", BOOL, STRING));
        on(table, "sign", args -> (long) of(args[0]).amount().signum(), INT);
        on(table, "isInteger", args -> isInteger(of(args[0])), BOOL);
        on(table, "asInteger", args -> integer(of(args[0])), INT);
        on(table, "asApproximateFloat", args -> of(args[0]).amount().doubleValue(), SimpleType.DOUBLE);
        two(table, "isGreaterThan", "quantity_is_greater_than", args -> compare(args) > 0, BOOL);
        two(table, "isLessThan", "quantity_is_less_than", args -> compare(args) < 0, BOOL);
        two(table, "compareTo", "quantity_compare_to", args -> (long) compare(args), INT);
        arithmetic(table);
    }

    private static void on(FunctionTable table, String name, Function function, CelType result) {
        table.declare(name, CelQuantity.class, function, member("quantity_" + name, result, QUANTITY));
    }

    private static void two(FunctionTable table, String name, String id, Function function, CelType result) {
        table.declare(name, CelQuantity.class, function, member(id, result, QUANTITY, QUANTITY));
    }

    private static void arithmetic(FunctionTable table) {
        table.declare(
                "add",
                CelQuantity.class,
                args -> new CelQuantity(of(args[0]).plus(operand(args[1]))),
                member("quantity_add", QUANTITY, QUANTITY, QUANTITY),
                member("quantity_add_int", QUANTITY, QUANTITY, INT));
        table.declare(
                "sub",
                CelQuantity.class,
                args -> new CelQuantity(of(args[0]).minus(operand(args[1]))),
                member("quantity_sub", QUANTITY, QUANTITY, QUANTITY),
                member("quantity_sub_int", QUANTITY, QUANTITY, INT));
    }

    private static Quantity of(Object value) {
        return Arguments.as(CelQuantity.class, value).quantity();
    }

    private static Quantity operand(Object value) {
        return value instanceof Long number ? Quantity.of(number) : of(value);
    }

    private static int compare(Object... args) {
        return Integer.signum(of(args[0]).compareTo(of(args[1])));
    }

    private static Quantity parse(String text) {
        try {
            return Quantity.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new CelError(String.valueOf(malformed.getMessage()));
        }
    }

    private static boolean isQuantity(String text) {
        try {
            Quantity.parse(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isInteger(Quantity quantity) {
        var plain = quantity.amount().stripTrailingZeros();
        return plain.scale() <= 0
                && plain.precision() - plain.scale() <= 20
                && plain.toBigInteger().bitLength() <= 63;
    }

    private static Object integer(Quantity quantity) {
        if (!isInteger(quantity)) {
            throw new CelError("cannot convert value to integer");
        }
        return quantity.amount().longValueExact();
    }
}
