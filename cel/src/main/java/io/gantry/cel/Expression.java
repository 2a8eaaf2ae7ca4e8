package io.gantry.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import io.gantry.cel.cost.CostEstimator;
import io.gantry.cel.cost.Range;
import io.gantry.cel.cost.SizeEstimator;
import io.gantry.cel.eval.Activation;
import io.gantry.cel.eval.Evaluation;
import io.gantry.cel.eval.Program;

/// A compiled expression. Immutable and thread-safe.
public final class Expression {
    /// What one evaluation may cost, about a tenth of a second (upstream `PerCallLimit`).
    public static final long CALL_COST_LIMIT = 1_000_000;

    private final String source;
    private final CelAbstractSyntaxTree tree;
    private final Program program;

    Expression(String source, CelAbstractSyntaxTree tree, Program program) {
        this.source = source;
        this.tree = tree;
        this.program = program;
    }

    public String source() {
        return source;
    }

    public CelType resultType() {
        return tree.getResultType();
    }

    /// The result's type in CEL's words.
    public String resultTypeName() {
        return CelTypes.format(tree.getResultType());
    }

    /// Whether it reads a variable.
    public boolean uses(String variable) {
        return tree.getReferenceMap().values().stream()
                .anyMatch(reference -> reference.name().equals(variable));
    }

    /// Evaluates it within [#CALL_COST_LIMIT].
    public Evaluation evaluate(Activation variables) {
        return program.evaluate(variables, CALL_COST_LIMIT);
    }

    /// The least and most that an evaluation can cost.
    public Range estimateCost(SizeEstimator sizes) {
        return CostEstimator.estimate(tree, sizes);
    }
}
