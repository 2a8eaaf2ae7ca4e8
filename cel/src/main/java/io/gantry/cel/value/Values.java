package io.gantry.cel.value;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What can be asked of any value.
public final class Values {
    private Values() {}

    /// The name of a value's type.
    public static String typeName(Object value) {
        return switch (value) {
            case Boolean ignored -> "bool";
            case Long ignored -> "int";
            case Uint ignored -> "uint";
            case Double ignored -> "double";
            case String ignored -> "string";
            case ByteString ignored -> "bytes";
            case Instant ignored -> "google.protobuf.Timestamp";
            case Duration ignored -> "google.protobuf.Duration";
            case List<?> ignored -> "list";
            case MapValue map -> map.typeName();
            case Optional<?> ignored -> "optional_type";
            case TypeValue ignored -> "type";
            case CelNull ignored -> "null_type";
            case Opaque opaque -> opaque.typeName();
            default -> value.getClass().getSimpleName();
        };
    }

    /// How much of it there is: characters, bytes, elements, entries; 1 for anything else.
    public static long size(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case ByteString bytes -> bytes.size();
            case List<?> list -> list.size();
            case MapValue map -> map.size();
            case Optional<?> optional -> optional.isPresent() ? size(optional.get()) : 1;
            default -> 1;
        };
    }

    /// Whether it is empty or zero.
    public static boolean isZero(Object value) {
        return switch (value) {
            case CelNull ignored -> true;
            case Boolean flag -> !flag;
            case Long number -> number == 0;
            case Uint number -> number.bits() == 0;
            case Double number -> number == 0;
            case Duration duration -> duration.isZero();
            case Instant time -> time.equals(Instant.EPOCH) || time.getEpochSecond() == -62135596800L;
            case Optional<?> optional -> optional.isEmpty();
            case String text -> text.isEmpty();
            case ByteString bytes -> bytes.isEmpty();
            case List<?> list -> list.isEmpty();
            case MapValue map -> map.size() == 0;
            default -> false;
        };
    }

    /// Compares two values of an ordered type.
    ///
    /// @throws CelError when they have no order
    public static int compare(Object left, Object right) {
        if (Equality.isNumber(left) && Equality.isNumber(right)) {
            int order = Equality.numbers(left, right);
            if (order == 2) {
                throw new CelError("NaN values cannot be ordered");
            }
            return order;
        }
        return switch (left) {
            case String a when right instanceof String b -> compareText(a, b);
            case Boolean a when right instanceof Boolean b -> a.compareTo(b);
            case Instant a when right instanceof Instant b -> a.compareTo(b);
            case Duration a when right instanceof Duration b -> a.compareTo(b);
            case ByteString a
            when right instanceof ByteString b ->
                ByteString.unsignedLexicographicalComparator().compare(a, b);
            default -> throw CelError.noSuchOverload();
        };
    }

    /// By code points, as UTF-8 bytes compare.
    private static int compareText(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean astral = Character.isSurrogate(x) != Character.isSurrogate(y);
                return (Character.isSurrogate(x) && astral) || (!astral && x > y) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
