package io.gantry.cel.eval;

/// The evaluation costs more than it may. No operator absorbs it.
final class CostExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CostExceeded() {
        super(Evaluation.COST_EXCEEDED, null, false, false);
    }
}
