package io.gantry.cel.eval;

import io.gantry.cel.value.CelError;

/// True unless the operand is false; an error counts as true.
record NotStrictlyFalse(Step operand) implements Step {
    @Override
    public Object eval(Frame frame) {
        Object value;
        try {
            value = operand.eval(frame);
        } catch (CelError failed) {
            value = true;
        }
        frame.charge(1);
        return !Boolean.FALSE.equals(value);
    }
}
