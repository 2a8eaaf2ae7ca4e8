package io.gantry.cel.library;

import com.google.protobuf.ByteString;
import io.gantry.cel.value.CelDuration;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.GoNumber;
import io.gantry.cel.value.TypeValue;
import io.gantry.cel.value.Uint;
import io.gantry.cel.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// CEL's conversions between types.
final class Conversions {
    private static final double INT_LIMIT = 0x1p63;
    private static final BigDecimal UINT_LIMIT = new BigDecimal(BigInteger.ONE.shiftLeft(64));

    private Conversions() {}

    static void add(FunctionTable table) {
        table.standard("dyn", args -> args[0]);
        table.standard("type", args -> new TypeValue(Values.typeName(args[0])));
        table.standard("string", args -> string(args[0]));
        table.standard("int", args -> integer(args[0]));
        table.standard("uint", args -> uint(args[0]));
        table.standard("double", args -> real(args[0]));
        table.standard("bool", args -> bool(args[0]));
        table.standard("bytes", args -> bytes(args[0]));
        table.standard("timestamp", args -> TimeFunctions.timestamp(args[0]));
        table.standard("duration", args -> TimeFunctions.duration(args[0]));
    }

    static String string(Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag.toString();
            case Long number -> number.toString();
            case Uint number -> number.toString();
            case Double number -> GoNumber.text(number);
            case ByteString bytes -> {
                if (!bytes.isValidUtf8()) {
                    throw new CelError("invalid UTF-8 in bytes, cannot convert to string");
                }
                yield bytes.toStringUtf8();
            }
            case Instant time -> TimeFunctions.text(time);
            case Duration duration -> CelDuration.text(duration);
            case TypeValue type -> type.name();
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object integer(Object value) {
        return switch (value) {
            case Long number -> number;
            case Uint number when number.bits() >= 0 -> number.bits();
            case Uint ignored -> throw new CelError("unsigned integer to integer overflow");
            case Double number when number > -INT_LIMIT && number < INT_LIMIT -> number.longValue();
            case Double ignored -> throw new CelError("double to int overflow");
            case String text -> parsed(text);
            case Instant time -> time.getEpochSecond();
            case Duration duration -> duration.toNanos();
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object parsed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw CelError.ofText("int");
        }
    }

    private static Object uint(Object value) {
        return switch (value) {
            case Uint number -> number;
            case Long number when number >= 0 -> new Uint(number);
            case Double number
            when number >= 0 && new BigDecimal(number).compareTo(UINT_LIMIT) < 0 ->
                new Uint(new BigDecimal(number).toBigInteger().longValue());
            case Long ignored -> throw new CelError("unsigned integer overflow");
            case Double ignored -> throw new CelError("unsigned integer overflow");
            case String text -> parsedUnsigned(text);
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object parsedUnsigned(String text) {
        try {
            return new Uint(Long.parseUnsignedLong(text));
        } catch (NumberFormatException malformed) {
            throw CelError.ofText("uint");
        }
    }

    private static Object real(Object value) {
        return switch (value) {
            case Double number -> number;
            case Long number -> number.doubleValue();
            case Uint number -> new BigDecimal(number.toString()).doubleValue();
            case String text -> parsedReal(text);
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object parsedReal(String text) {
        try {
            if (text.isBlank() || Character.isLetter(text.charAt(text.length() - 1))) {
                return switch (text.toLowerCase(Locale.ROOT)) {
                    case "nan" -> Double.NaN;
                    case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
                    case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                    default -> throw new NumberFormatException(text);
                };
            }
            return Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
            throw CelError.ofText("double");
        }
    }

    private static Object bool(Object value) {
        return switch (value) {
            case Boolean flag -> flag;
            case String text ->
                switch (text) {
                    case "1", "t", "T", "true", "TRUE", "True" -> true;
                    case "0", "f", "F", "false", "FALSE", "False" -> false;
                    default -> throw CelError.ofText("bool");
                };
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Object bytes(Object value) {
        return switch (value) {
            case ByteString bytes -> bytes;
            case String text -> ByteString.copyFromUtf8(text);
            default -> throw CelError.noSuchOverload();
        };
    }
}
