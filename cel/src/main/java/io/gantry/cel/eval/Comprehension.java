package io.gantry.cel.eval;

import io.gantry.cel.value.CelError;
import io.gantry.cel.value.CelNull;
import io.gantry.cel.value.MapLiteral;
import io.gantry.cel.value.MapValue;
import io.gantry.cel.value.Values;
import java.util.List;

/// A loop over a list or the keys of a map: what all macros become.
///
/// @param key the slot of the first variable, or of the only one
/// @param value the slot of the second variable; -1 without one
/// @param condition false ends the loop; an error does not
record Comprehension(
        Step range, int key, int value, int accumulator, Step start, Step condition, Step step, Step result)
        implements Step {

    @Override
    public Object eval(Frame frame) {
        Object over = range.eval(frame);
        Object first = start.eval(frame);
        // The accumulated map is filled in place: it must not be the constant of the plan.
        Object fresh = first instanceof MapLiteral map && map.size() == 0 ? new MapLiteral() : first;
        Object accumulated = loop(frame, over, fresh);
        frame.local(accumulator, accumulated);
        return unwrap(result.eval(frame));
    }

    private Object loop(Frame frame, Object over, Object first) {
        Object accumulated = first;
        if (over instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                frame.local(key, value < 0 ? element(list, i) : (Object) (long) i);
                if (value >= 0) {
                    frame.local(value, element(list, i));
                }
                if (!again(frame, accumulated)) {
                    break;
                }
                accumulated = next(frame, accumulated);
            }
            return accumulated;
        }
        if (over instanceof MapValue map) {
            for (Object each : map.keys()) {
                frame.local(key, each);
                if (value >= 0) {
                    frame.local(value, map.find(each).orElse(CelNull.NULL));
                }
                if (!again(frame, accumulated)) {
                    break;
                }
                accumulated = next(frame, accumulated);
            }
            return accumulated;
        }
        throw new CelError("got '" + Values.typeName(over) + "', expected iterable type");
    }

    private static Object element(List<?> list, int index) {
        return list.get(index);
    }

    private boolean again(Frame frame, Object accumulated) {
        frame.local(accumulator, accumulated);
        return !Boolean.FALSE.equals(condition.eval(frame));
    }

    /// An error in a step is a value that later steps may absorb.
    private Object next(Frame frame, Object accumulated) {
        frame.local(accumulator, accumulated);
        try {
            return step.eval(frame);
        } catch (CelError failed) {
            return new Failure(failed);
        }
    }

    private static Object unwrap(Object value) {
        if (value instanceof Failure failure) {
            throw failure.error();
        }
        return value;
    }

    /// An error kept as a value.
    record Failure(CelError error) {}

    /// Reads the accumulator or a variable.
    record Local(int slot) implements Step {
        @Override
        public Object eval(Frame frame) {
            Object found = frame.local(slot);
            frame.charge(1);
            return unwrap(found);
        }
    }
}
