package io.gantry.cel.library;

import com.google.protobuf.ByteString;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Equality;
import io.gantry.cel.value.MapLiteral;
import io.gantry.cel.value.MapValue;
import io.gantry.cel.value.Uint;
import io.gantry.cel.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// CEL's operators.
final class Operators {
    private Operators() {}

    static void add(FunctionTable table) {
        table.standard("_==_", args -> Equality.equal(args[0], args[1]));
        table.standard("_!=_", args -> !Equality.equal(args[0], args[1]));
        table.standard("_<_", args -> ordered(args[0], args[1]) && Values.compare(args[0], args[1]) < 0);
        table.standard("_<=_", args -> ordered(args[0], args[1]) && Values.compare(args[0], args[1]) <= 0);
        table.standard("_>_", args -> ordered(args[0], args[1]) && Values.compare(args[0], args[1]) > 0);
        table.standard("_>=_", args -> ordered(args[0], args[1]) && Values.compare(args[0], args[1]) >= 0);
        table.standard("_+_", args -> plus(args[0], args[1]));
        table.standard("_-_", args -> minus(args[0], args[1]));
        table.standard("_*_", args -> times(args[0], args[1]));
        table.standard("_/_", args -> divided(args[0], args[1]));
        table.standard("_%_", args -> modulo(args[0], args[1]));
        table.standard("-_", args -> negated(args[0]));
        table.standard("!_", args -> !Arguments.flag(args[0]));
        Function in = args -> in(args[0], args[1]);
        table.standard("@in", in);
        table.standard("in", in);
        table.standard("_in_", in);
        table.standard("size", args -> size(args[0]));
        table.standard("cel.@mapInsert", Operators::insert);
    }

    /// NaN has no order: every comparison with it is false.
    private static boolean ordered(Object left, Object right) {
        return !(left instanceof Double a && a.isNaN()) && !(right instanceof Double b && b.isNaN());
    }

    private static Object plus(Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b -> overflows(() -> Math.addExact(a, b));
            case Uint a
            when right instanceof Uint b -> {
                long sum = a.bits() + b.bits();
                yield Long.compareUnsigned(sum, a.bits()) < 0 ? overflow("unsigned integer") : new Uint(sum);
            }
            case Double a when right instanceof Double b -> a + b;
            case String a when right instanceof String b -> a + b;
            case ByteString a when right instanceof ByteString b -> a.concat(b);
            case List<?> a when right instanceof List<?> b -> Equality.concatenate(a, b);
            case Duration a when right instanceof Duration b -> TimeFunctions.inRange(a.plus(b));
            case Duration a when right instanceof Instant b -> TimeFunctions.inRange(b.plus(a));
            case Instant a when right instanceof Duration b -> TimeFunctions.inRange(a.plus(b));
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object minus(Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b -> overflows(() -> Math.subtractExact(a, b));
            case Uint a
            when right instanceof Uint b ->
                a.compareTo(b) < 0 ? overflow("unsigned integer") : new Uint(a.bits() - b.bits());
            case Double a when right instanceof Double b -> a - b;
            case Duration a when right instanceof Duration b -> TimeFunctions.inRange(a.minus(b));
            case Instant a when right instanceof Duration b -> TimeFunctions.inRange(a.minus(b));
            case Instant a when right instanceof Instant b -> TimeFunctions.inRange(Duration.between(b, a));
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object times(Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b -> overflows(() -> Math.multiplyExact(a, b));
            case Uint a
            when right instanceof Uint b ->
                Math.unsignedMultiplyHigh(a.bits(), b.bits()) != 0
                        ? overflow("unsigned integer")
                        : new Uint(a.bits() * b.bits());
            case Double a when right instanceof Double b -> a * b;
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object divided(Object left, Object right) {
        return switch (left) {
            case Long a
            when right instanceof Long b -> {
                checkDivisor(b == 0, "division by zero");
                yield overflows(() -> Math.divideExact(a, b));
            }
            case Uint a
            when right instanceof Uint b -> {
                checkDivisor(b.bits() == 0, "division by zero");
                yield new Uint(Long.divideUnsigned(a.bits(), b.bits()));
            }
            case Double a when right instanceof Double b -> a / b;
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object modulo(Object left, Object right) {
        return switch (left) {
            case Long a
            when right instanceof Long b -> {
                checkDivisor(b == 0, "modulus by zero");
                yield a == Long.MIN_VALUE && b == -1 ? overflow("integer") : (Object) (a % b);
            }
            case Uint a
            when right instanceof Uint b -> {
                checkDivisor(b.bits() == 0, "modulus by zero");
                yield new Uint(Long.remainderUnsigned(a.bits(), b.bits()));
            }
            default -> throw CelError.noSuchOverload();
        };
    }

    private static void checkDivisor(boolean zero, String message) {
        if (zero) {
            throw new CelError(message);
        }
    }

    private static Object negated(Object value) {
        return switch (value) {
            case Long number -> overflows(() -> Math.negateExact(number));
            case Double number -> -number;
            case Duration duration -> TimeFunctions.inRange(duration.negated());
            default -> throw CelError.noSuchOverload();
        };
    }

    private interface Exact {
        long get();
    }

    private static Object overflows(Exact sum) {
        try {
            return sum.get();
        } catch (ArithmeticException tooLarge) {
            return overflow("integer");
        }
    }

    private static Object overflow(String what) {
        throw new CelError(what + " overflow");
    }

    private static Object in(Object element, Object container) {
        return switch (container) {
            case List<?> list -> Equality.contains(list, element);
            case MapValue map -> map.find(element).isPresent();
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object size(Object value) {
        if (value instanceof String
                || value instanceof ByteString
                || value instanceof List<?>
                || value instanceof MapValue) {
            return Values.size(value);
        }
        throw CelError.noSuchOverload();
    }

    private static Object insert(Object... args) {
        MapLiteral map = Arguments.as(MapLiteral.class, args[0]);
        if (args.length == 3) {
            insert(map, args[1], args[2]);
            return map;
        }
        MapValue more = Arguments.as(MapValue.class, args[1]);
        more.keys().forEach(key -> insert(map, key, more.find(key).orElseThrow()));
        return map;
    }

    private static void insert(MapLiteral map, Object key, Object value) {
        if (!map.insert(key, value)) {
            throw new CelError("insert failed: key " + key + " already exists");
        }
    }
}
