package io.gantry.cel.eval;

import io.gantry.cel.value.CelError;
import org.jspecify.annotations.Nullable;

/// One evaluation: its variables and what it has cost so far. Used by one thread.
final class Frame {
    private final Activation variables;
    private final @Nullable Object[] locals;
    private final long limit;
    private long cost;

    Frame(Activation variables, int locals, long limit) {
        this.variables = variables;
        this.locals = new Object[locals];
        this.limit = limit;
    }

    Object global(String name) {
        Object value = variables.resolve(name);
        if (value == null) {
            throw new CelError("no such attribute(s): " + name);
        }
        return value;
    }

    Object local(int slot) {
        Object value = locals[slot];
        if (value == null) {
            throw new CelError("no such attribute(s): local " + slot);
        }
        return value;
    }

    void local(int slot, @Nullable Object value) {
        locals[slot] = value;
    }

    /// @throws CostExceeded when the evaluation has cost too much
    void charge(long more) {
        cost += more;
        if (cost > limit || cost < 0) {
            throw new CostExceeded();
        }
    }

    long cost() {
        return cost;
    }
}
