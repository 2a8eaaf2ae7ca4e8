package io.gantry.cel.eval;

import io.gantry.cel.value.CelError;
import io.gantry.cel.value.MapValue;
import io.gantry.cel.value.Uint;
import io.gantry.cel.value.Values;
import java.util.List;
import java.util.Optional;

/// Fields, keys and indexes.
final class Selection {
    private Selection() {}

    /// `operand.field`
    static Object field(Object operand, String field) {
        if (operand instanceof Optional<?> optional) {
            return optional.isEmpty() ? optional : optionalField(optional.get(), field);
        }
        if (operand instanceof MapValue map) {
            return map.find(field).orElseThrow(() -> noSuchKey(field));
        }
        throw new CelError("no such key: " + field);
    }

    /// `has(operand.field)`; what has no fields does not have this one (cel-go's `refQualify`).
    static boolean has(Object operand, String field) {
        if (operand instanceof Optional<?> optional) {
            return optional.isPresent() && has(optional.get(), field);
        }
        if (operand instanceof MapValue map) {
            return map.find(field).isPresent();
        }
        refuseList(operand, field);
        return false;
    }

    /// `operand.?field`
    static Optional<?> optionalField(Object operand, String field) {
        if (operand instanceof Optional<?> optional) {
            return optional.isEmpty() ? optional : optionalField(optional.get(), field);
        }
        if (operand instanceof MapValue map) {
            return map.find(field);
        }
        refuseList(operand, field);
        return Optional.empty();
    }

    /// `operand[key]`
    static Object index(Object operand, Object key) {
        if (operand instanceof Optional<?> optional) {
            return optional.isEmpty() ? optional : optionalIndex(optional.get(), key);
        }
        if (operand instanceof List<?> list) {
            long index = position(key);
            if (index < 0 || index >= list.size()) {
                throw new CelError("index out of bounds: " + index);
            }
            return list.get((int) index);
        }
        if (operand instanceof MapValue map) {
            return map.find(key).orElseThrow(() -> noSuchKey(key));
        }
        throw CelError.noSuchOverload();
    }

    /// `operand[?key]`
    static Optional<?> optionalIndex(Object operand, Object key) {
        if (operand instanceof Optional<?> optional) {
            return optional.isEmpty() ? optional : optionalIndex(optional.get(), key);
        }
        if (operand instanceof List<?> list) {
            long index = position(key);
            return index < 0 || index >= list.size() ? Optional.empty() : Optional.of(list.get((int) index));
        }
        if (operand instanceof MapValue map) {
            return map.find(key);
        }
        return Optional.empty();
    }

    private static void refuseList(Object operand, String field) {
        if (operand instanceof List<?>) {
            throw unsupportedIndex(field);
        }
    }

    private static long position(Object key) {
        return switch (key) {
            case Long index -> index;
            case Uint index -> index.bits() < 0 ? Long.MAX_VALUE : index.bits();
            case Double index when index == Math.rint(index) -> index.longValue();
            default -> throw unsupportedIndex(key);
        };
    }

    private static CelError unsupportedIndex(Object key) {
        return new CelError("unsupported index type '" + Values.typeName(key) + "' in list");
    }

    private static CelError noSuchKey(Object key) {
        return new CelError("no such key: " + key);
    }
}
