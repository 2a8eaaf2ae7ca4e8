package io.gantry.apiserver.policy;

import io.gantry.cel.eval.Evaluation;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.MapValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Evaluates the expressions of one policy for one request within budgets. Used by one thread.
final class PolicyRun {
    /// What all expressions may cost together (upstream `RuntimeCELCostBudget`).
    static final long BUDGET = 10_000_000;

    /// What all conditions may cost together (upstream `RuntimeCELCostBudgetMatchConditions`).
    static final long CONDITIONS_BUDGET = 2_500_000;

    private static final String OUT_OF_BUDGET =
            "validation failed due to running out of cost budget, no further validation rules will be run";

    /// What an expression gave.
    ///
    /// @param error why it gave nothing; empty when it did
    record Outcome(Optional<Object> value, String error) {
        boolean failed() {
            return !error.isEmpty();
        }

        boolean is(Object expected) {
            return value.filter(expected::equals).isPresent();
        }
    }

    /// The budget is used up; nothing further is evaluated.
    static final class OutOfBudget extends Exception {
        private static final long serialVersionUID = 1L;

        OutOfBudget() {
            super(OUT_OF_BUDGET);
        }
    }

    private final RequestScope scope;
    private long budget;
    private long variableCost;

    PolicyRun(RequestScope scope, List<Compiled> variables, long budget) {
        this.scope = scope;
        this.budget = budget;
        scope.variables(new Variables(variables));
    }

    Outcome evaluate(Compiled compiled) throws OutOfBudget {
        if (compiled.expression().isEmpty()) {
            return new Outcome(Optional.empty(), "compilation error: " + compiled.error());
        }
        Evaluation result = compiled.expression().get().evaluate(scope);
        budget -= result.cost() + variableCost;
        variableCost = 0;
        if (budget < 0) {
            throw new OutOfBudget();
        }
        return result.failed()
                ? new Outcome(
                        Optional.empty(), "expression '" + compiled.source() + "' resulted in error: " + result.error())
                : new Outcome(result.value(), "");
    }

    /// Whether all conditions hold; one that is false outweighs one that fails.
    ///
    /// @throws PolicyFailure when none is false and some failed
    static boolean hold(List<Compiled> conditions, PolicyRun run) throws PolicyFailure {
        List<String> errors = new ArrayList<>();
        for (Compiled condition : conditions) {
            Outcome outcome;
            try {
                outcome = run.evaluate(condition);
            } catch (OutOfBudget exceeded) {
                throw new PolicyFailure(OUT_OF_BUDGET);
            }
            if (outcome.failed()) {
                errors.add(outcome.error());
            } else if (outcome.is(false)) {
                return false;
            }
        }
        if (!errors.isEmpty()) {
            throw new PolicyFailure(errors.size() == 1 ? errors.getFirst() : "[" + String.join(", ", errors) + "]");
        }
        return true;
    }

    /// The variables of a policy, evaluated when they are read, once.
    private final class Variables implements MapValue {
        private final Map<String, Compiled> compiled = new HashMap<>();
        private final Map<String, Outcome> known = new HashMap<>();

        Variables(List<Compiled> variables) {
            variables.forEach(variable -> compiled.put(variable.name(), variable));
        }

        @Override
        public Optional<Object> find(Object key) {
            Compiled variable = compiled.get(String.valueOf(key));
            if (variable == null) {
                return Optional.empty();
            }
            Outcome outcome = known.get(variable.name());
            if (outcome == null) {
                outcome = read(variable);
                known.put(variable.name(), outcome);
            }
            if (outcome.failed()) {
                throw new CelError("composited variable \"" + variable.name() + "\" " + outcome.error());
            }
            return outcome.value();
        }

        private Outcome read(Compiled variable) {
            if (variable.expression().isEmpty()) {
                return new Outcome(Optional.empty(), "fails to compile: " + variable.error());
            }
            Evaluation result = variable.expression().get().evaluate(scope);
            variableCost += result.cost();
            return result.failed()
                    ? new Outcome(Optional.empty(), "fails to evaluate: " + result.error())
                    : new Outcome(result.value(), "");
        }

        @Override
        public Collection<Object> keys() {
            return new ArrayList<>(compiled.keySet());
        }

        @Override
        public int size() {
            return compiled.size();
        }

        @Override
        public boolean isObject() {
            return true;
        }
    }
}
