package io.gantry.apiserver.policy;

import io.gantry.cel.value.CelNull;
import io.gantry.cel.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Evaluates a validating policy for a request (upstream `admission/plugin/policy/validating/validator.go`).
final class PolicyValidation {
    private static final int MAX_MESSAGE = 5 * 1024;

    /// A validation that does not hold, or cannot be evaluated.
    ///
    /// @param reason empty where none is given
    record Decision(int index, String message, String reason) {}

    /// @param annotations for the audit log
    /// @param annotationErrors refuse the request
    record Result(List<Decision> denied, Map<String, String> annotations, List<String> annotationErrors) {
        static Result of(Decision decision) {
            return new Result(List.of(decision), Map.of(), List.of());
        }

        static final Result NOTHING = new Result(List.of(), Map.of(), List.of());
    }

    private PolicyValidation() {}

    static Result run(CompiledPolicy policy, RequestScope scope, boolean ignoresFailure) {
        try {
            PolicyRun conditions = new PolicyRun(scope, policy.variables(), PolicyRun.CONDITIONS_BUDGET);
            if (!PolicyRun.hold(policy.conditions(), conditions)) {
                return Result.NOTHING;
            }
            PolicyRun run = new PolicyRun(scope, policy.variables(), PolicyRun.BUDGET);
            List<Decision> denied = validations(policy, run, ignoresFailure);
            return annotated(policy, denied, scope, ignoresFailure);
        } catch (PolicyFailure failed) {
            return failure(failed.text(), ignoresFailure);
        } catch (PolicyRun.OutOfBudget exceeded) {
            return failure(String.valueOf(exceeded.getMessage()), ignoresFailure);
        }
    }

    private static Result failure(String message, boolean ignoresFailure) {
        return ignoresFailure ? Result.NOTHING : Result.of(new Decision(0, message, ""));
    }

    private static List<Decision> validations(CompiledPolicy policy, PolicyRun run, boolean ignoresFailure)
            throws PolicyRun.OutOfBudget {
        List<Decision> denied = new ArrayList<>();
        for (int i = 0; i < policy.validations().size(); i++) {
            CompiledPolicy.Validation validation = policy.validations().get(i);
            PolicyRun.Outcome outcome = run.evaluate(validation.expression());
            if (outcome.failed()) {
                if (!ignoresFailure) {
                    denied.add(new Decision(i, outcome.error(), ""));
                }
            } else if (!outcome.is(true)) {
                denied.add(new Decision(i, message(validation, run), validation.reason()));
            }
        }
        return denied;
    }

    private static String message(CompiledPolicy.Validation validation, PolicyRun run) throws PolicyRun.OutOfBudget {
        if (validation.message().isPresent()) {
            Optional<String> made = run.evaluate(validation.message().get())
                    .value()
                    .filter(String.class::isInstance)
                    .map(text -> ((String) text).strip())
                    .filter(text -> !text.isEmpty() && !text.contains("\n"))
                    .filter(text -> text.getBytes(StandardCharsets.UTF_8).length <= MAX_MESSAGE);
            if (made.isPresent()) {
                return made.get();
            }
        }
        return validation.text().isEmpty()
                ? "failed expression: " + validation.expression().source().strip()
                : validation.text();
    }

    private static Result annotated(
            CompiledPolicy policy, List<Decision> denied, RequestScope scope, boolean ignoresFailure)
            throws PolicyRun.OutOfBudget {
        PolicyRun run = new PolicyRun(scope, policy.variables(), PolicyRun.BUDGET);
        Map<String, String> annotations = new LinkedHashMap<>();
        List<String> errors = new ArrayList<>();
        for (Compiled annotation : policy.annotations()) {
            PolicyRun.Outcome outcome = run.evaluate(annotation);
            if (outcome.failed()) {
                if (!ignoresFailure) {
                    errors.add(outcome.error());
                }
                continue;
            }
            Object value = outcome.value().orElse(CelNull.NULL);
            if (value instanceof String text) {
                if (!text.isBlank()) {
                    annotations.put(annotation.name(), text.strip());
                }
            } else if (value != CelNull.NULL) {
                errors.add("valueExpression '" + annotation.source() + "' resulted in unsupported return type: "
                        + Values.typeName(value) + ". Return type must be either string or null.");
            }
        }
        return new Result(denied, annotations, errors);
    }
}
