package io.gantry.apiserver.cel.rules;

import io.gantry.api.kind.FieldError;
import io.gantry.api.kind.FieldErrors;
import io.gantry.cel.eval.Activation;
import io.gantry.cel.eval.Evaluation;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.JsonValues;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Checks one object by its rules within a budget (upstream
/// `apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go`). Used once.
final class RuleRun {
    /// What all rules of an object may cost together (upstream `RuntimeCELCostBudget`).
    static final long BUDGET = 10_000_000;

    private static final String OUT_OF_BUDGET =
            "validation failed due to running out of cost budget, no further validation rules will be run";

    private final FieldErrors errors;
    private long budget = BUDGET;

    RuleRun(FieldErrors errors) {
        this.errors = errors;
    }

    /// @return false when the budget is used up: nothing further is checked
    boolean validate(RuleNode node, String path, JsonNode value, Optional<JsonNode> old, Unchanged unchanged) {
        if (value.isNull()) {
            return true;
        }
        if (!rules(node, path, value, old, unchanged)) {
            return false;
        }
        for (RuleNode further : node.allOf()) {
            if (!validate(further, path, value, old, unchanged.unmatched())) {
                return false;
            }
        }
        return value.isArray()
                ? elements(node, path, value, old, unchanged)
                : !value.isObject() || fields(node, path, value, old, unchanged);
    }

    private boolean fields(RuleNode node, String path, JsonNode value, Optional<JsonNode> old, Unchanged unchanged) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = field.getKey();
            RuleNode property = node.properties().get(name);
            RuleNode below = property == null ? node.values().orElse(null) : property;
            if (below != null) {
                String at = property == null ? FieldPaths.key(path, name) : FieldPaths.child(path, name);
                JsonNode now = field.getValue();
                if (!validate(below, at, now, old.map(o -> o.get(name)), unchanged.field(below, name, now))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean elements(RuleNode node, String path, JsonNode value, Optional<JsonNode> old, Unchanged unchanged) {
        if (node.items().isEmpty()) {
            return true;
        }
        RuleNode items = node.items().get();
        for (int i = 0; i < value.size(); i++) {
            JsonNode element = value.get(i);
            Optional<JsonNode> before = matching(node, old, element);
            Unchanged same = unchanged.below(items, element, matching(node, unchanged.old(), element));
            if (!validate(items, path + "[" + i + "]", element, before, same)) {
                return false;
            }
        }
        return true;
    }

    /// Only elements of lists of the type map can be told apart.
    private static Optional<JsonNode> matching(RuleNode node, Optional<JsonNode> list, JsonNode element) {
        return list.map(before -> node.correlation().before(element, before));
    }

    private boolean rules(RuleNode node, String path, JsonNode value, Optional<JsonNode> old, Unchanged unchanged) {
        if (node.rules().isEmpty()) {
            return true;
        }
        if (budget <= 0) {
            errors.invalid(FieldPaths.shown(path), node.schemaType(), OUT_OF_BUDGET);
            return false;
        }
        Variables variables = new Variables(node, value, old);
        for (CompiledRule rule : node.rules()) {
            if (!check(node, rule, path, value, variables, unchanged)) {
                return false;
            }
        }
        return true;
    }

    private boolean check(
            RuleNode node,
            CompiledRule compiled,
            String path,
            JsonNode value,
            Variables variables,
            Unchanged unchanged) {
        ValidationRule rule = compiled.rule();
        String shownPath = FieldPaths.shown(path);
        if (!compiled.error().isEmpty()) {
            errors.invalid(shownPath, node.schemaType(), "rule compile error: " + compiled.error());
            return true;
        }
        boolean isTransition = compiled.usesOldSelf() && !variables.hasOld() && !rule.takesOptionalOld();
        if (compiled.program().isEmpty() || isTransition) {
            return true;
        }
        Evaluation result = compiled.program().get().evaluate(variables.of(rule));
        if (result.cost() > budget) {
            errors.invalid(shownPath, node.schemaType(), OUT_OF_BUDGET);
            return false;
        }
        budget -= result.cost();
        if (result.failed()) {
            errors.invalid(shownPath, node.schemaType(), failure(result, rule));
            return !result.costExceeded();
        }
        return result.isTrue() || refuse(node, compiled, path, value, variables, unchanged);
    }

    private static String failure(Evaluation result, ValidationRule rule) {
        String error = result.error();
        if (error.startsWith("no such overload")) {
            return "'" + error
                    + "': call arguments did not match a supported operator, function or macro signature for rule: "
                    + rule.shown();
        }
        if (result.costExceeded()) {
            return "'" + error + "': no further validation rules will be run due to call cost exceeds limit for rule: "
                    + rule.shown();
        }
        return error + " evaluating rule: " + rule.shown();
    }

    private boolean refuse(
            RuleNode node,
            CompiledRule compiled,
            String path,
            JsonNode value,
            Variables variables,
            Unchanged unchanged) {
        String at = compiled.path().isEmpty() ? path : FieldPaths.child(path, compiled.path());
        boolean passed = !compiled.usesOldSelf() && unchanged.holds();
        String detail = compiled.rule().defaultMessage();
        if (compiled.message().isPresent()) {
            Evaluation message = compiled.message().get().evaluate(variables.of(compiled.rule()));
            if (message.cost() > budget || message.costExceeded()) {
                FieldErrors failed = new FieldErrors();
                failed.invalid(FieldPaths.shown(at), node.schemaType(), messageFailure(message, compiled.rule()));
                report(passed, failed.all().getFirst());
                return false;
            }
            budget -= message.cost();
            detail = usable(message).orElse(detail);
        }
        report(
                passed,
                error(FieldPaths.shown(at), value, detail, compiled.rule().reason()));
        return true;
    }

    /// What did not change is let pass with a warning.
    private void report(boolean passed, FieldError error) {
        if (passed) {
            errors.warn(error);
        } else {
            errors.addEach(error);
        }
    }

    private String messageFailure(Evaluation message, ValidationRule rule) {
        return message.costExceeded() && message.cost() <= budget
                ? "no further validation rules will be run due to call cost exceeds limit for messageExpression: \""
                        + rule.messageExpression() + "\""
                : "messageExpression evaluation failed due to running out of cost budget, no further validation rules "
                        + "will be run";
    }

    private static Optional<String> usable(Evaluation message) {
        return MessageText.of(message);
    }

    private static FieldError error(String path, JsonNode value, String detail, String reason) {
        boolean omitted = value.isObject() || value.isArray();
        FieldErrors made = new FieldErrors();
        switch (reason) {
            case "FieldValueForbidden" -> made.forbidden(path, detail);
            case "FieldValueRequired" -> made.required(path, detail);
            case "FieldValueDuplicate" -> {
                if (omitted) {
                    made.add(new FieldError(FieldError.Type.DUPLICATE, path, "Duplicate value"));
                } else {
                    made.duplicate(path, value);
                }
            }
            default -> {
                if (omitted) {
                    made.add(new FieldError(FieldError.Type.INVALID, path, "Invalid value: " + detail));
                } else {
                    made.invalid(path, value, detail);
                }
            }
        }
        return made.all().getFirst();
    }

    /// The variables of a value's rules, read at their first use.
    private static final class Variables {
        private final RuleNode node;
        private final JsonNode value;
        private final Optional<JsonNode> old;
        private @Nullable Object self;

        Variables(RuleNode node, JsonNode value, Optional<JsonNode> old) {
            this.node = node;
            this.value = value;
            this.old = old.filter(o -> !o.isNull());
        }

        boolean hasOld() {
            return old.isPresent();
        }

        Activation of(ValidationRule rule) {
            return name -> switch (name) {
                case CompiledRule.SELF -> self();
                case CompiledRule.OLD_SELF -> rule.takesOptionalOld() ? old.map(this::read) : plainOld();
                default -> null;
            };
        }

        private Object self() {
            if (self == null) {
                self = read(value);
            }
            return self;
        }

        private Object plainOld() {
            return old.map(this::read).orElseThrow(() -> new CelError("no such attribute(s): oldSelf"));
        }

        private Object read(JsonNode tree) {
            return JsonValues.of(tree, node.type());
        }
    }
}
