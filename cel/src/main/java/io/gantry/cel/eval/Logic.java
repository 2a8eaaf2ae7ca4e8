package io.gantry.cel.eval;

import io.gantry.cel.value.CelError;
import org.jspecify.annotations.Nullable;

/// `&&` and `||`: a side that decides hides an error of the other.
///
/// @param decides the value that settles the result: false for `&&`
record Logic(Step left, Step right, boolean decides) implements Step {
    @Override
    public Object eval(Frame frame) {
        CelError failure = null;
        try {
            if (flag(left.eval(frame)) == decides) {
                return decides;
            }
        } catch (CelError failed) {
            failure = failed;
        }
        boolean second = second(frame, failure);
        if (failure != null && second != decides) {
            throw failure;
        }
        return second;
    }

    private boolean second(Frame frame, @Nullable CelError first) {
        try {
            return flag(right.eval(frame));
        } catch (CelError failed) {
            throw first == null ? failed : first;
        }
    }

    private static boolean flag(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw CelError.noSuchOverload();
    }
}
