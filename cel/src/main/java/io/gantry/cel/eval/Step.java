package io.gantry.cel.eval;

/// One node of a planned expression.
interface Step {
    /// @throws io.gantry.cel.value.CelError when it has no value
    Object eval(Frame frame);

    /// A value that is known without evaluation.
    record Constant(Object value) implements Step {
        @Override
        public Object eval(Frame frame) {
            return value;
        }
    }
}
