package io.gantry.cel.eval;

import io.gantry.cel.value.CelError;
import java.time.DateTimeException;
import java.util.Optional;

/// An expression ready for evaluation. Immutable and thread-safe.
public final class Program {
    private final Step root;
    private final int locals;

    Program(Step root, int locals) {
        this.root = root;
        this.locals = locals;
    }

    /// Evaluates; never throws for what the expression or its input does.
    ///
    /// @param costLimit what it may cost at most
    public Evaluation evaluate(Activation variables, long costLimit) {
        Frame frame = new Frame(variables, locals, costLimit);
        try {
            return new Evaluation(Optional.of(root.eval(frame)), "", frame.cost());
        } catch (CelError failed) {
            return new Evaluation(Optional.empty(), failed.text(), frame.cost());
        } catch (CostExceeded exceeded) {
            return new Evaluation(Optional.empty(), Evaluation.COST_EXCEEDED, frame.cost());
        } catch (ArithmeticException overflow) {
            return new Evaluation(Optional.empty(), "integer overflow", frame.cost());
        } catch (DateTimeException range) {
            return new Evaluation(Optional.empty(), "timestamp overflow", frame.cost());
        } catch (StackOverflowError deep) {
            return new Evaluation(Optional.empty(), "expression is nested too deeply", frame.cost());
        }
    }
}
