package io.gantry.api.batch.v1.job;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a Job does when its pods fail (upstream `validatePodFailurePolicy`).
final class FailurePolicyValidation {
    private static final int MAX_RULES = 20;
    private static final int MAX_VALUES = 255;
    private static final int MAX_PATTERNS = 20;

    private FailurePolicyValidation() {}

    static void check(JobSpec spec, PodFailurePolicy policy, String path, FieldErrors errors) {
        List<PodFailurePolicyRule> rules = policy.rules();
        if (rules.size() > MAX_RULES) {
            errors.tooMany(path + ".rules", rules.size(), MAX_RULES);
        }
        Set<String> containers = containers(spec.template());
        for (int i = 0; i < rules.size(); i++) {
            String at = path + ".rules[" + i + "]";
            if ("FailIndex".equals(rules.get(i).action()) && spec.backoffLimitPerIndex() == null) {
                errors.invalid(at + ".action", "FailIndex", "requires the backoffLimitPerIndex to be set");
            }
            rule(rules.get(i), containers, at, errors);
        }
    }

    private static Set<String> containers(@Nullable PodTemplateSpec template) {
        return template == null
                ? Set.of()
                : Stream.concat(template.spec().containers().stream(), template.spec().initContainers().stream())
                        .map(Container::name)
                        .map(References::text)
                        .collect(Collectors.toSet());
    }

    private static void rule(PodFailurePolicyRule rule, Set<String> containers, String at, FieldErrors errors) {
        named(rule.action(), List.of("Count", "FailIndex", "FailJob", "Ignore"), at + ".action", errors);
        boolean codes = rule.onExitCodes() != null;
        boolean conditions = !rule.onPodConditions().isEmpty();
        if (rule.onExitCodes() != null) {
            exitCodes(rule.onExitCodes(), containers, at + ".onExitCodes", errors);
        }
        conditions(rule.onPodConditions(), at + ".onPodConditions", errors);
        if (codes && conditions) {
            errors.faulty(at, "specifying both OnExitCodes and OnPodConditions is not supported");
        } else if (!codes && !conditions) {
            errors.faulty(at, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    /// Go shows the names with brackets and quotes.
    private static void named(@Nullable String value, List<String> names, String path, FieldErrors errors) {
        if (text(value).isEmpty()) {
            errors.required(
                    path,
                    names.stream()
                            .map(name -> '"' + name + '"')
                            .collect(Collectors.joining(" ", "valid values: [", "]")));
        } else {
            References.oneOf(value, names, path, errors);
        }
    }

    private static void conditions(
            List<PodFailurePolicyOnPodConditionsPattern> patterns, String path, FieldErrors errors) {
        if (patterns.size() > MAX_PATTERNS) {
            errors.tooMany(path, patterns.size(), MAX_PATTERNS);
        }
        for (int i = 0; i < patterns.size(); i++) {
            String at = path + "[" + i + "]";
            References.format(patterns.get(i).type(), Names::qualified, at + ".type", errors);
            named(patterns.get(i).status(), List.of("False", "True", "Unknown"), at + ".status", errors);
        }
    }

    private static void exitCodes(
            PodFailurePolicyOnExitCodesRequirement codes, Set<String> containers, String path, FieldErrors errors) {
        named(codes.operator(), List.of("In", "NotIn"), path + ".operator", errors);
        String container = codes.containerName();
        if (container != null && !containers.contains(container)) {
            errors.invalid(
                    path + ".containerName",
                    container,
                    "must be one of the container or initContainer names in the pod template");
        }
        List<Integer> values = codes.values();
        String at = path + ".values";
        if (values.isEmpty()) {
            errors.invalid(at, null, "at least one value is required");
        } else if (values.size() > MAX_VALUES) {
            errors.tooMany(at, values.size(), MAX_VALUES);
        }
        values(values, "In".equals(codes.operator()), at, errors);
    }

    private static void values(List<Integer> values, boolean in, String path, FieldErrors errors) {
        Set<Integer> seen = new HashSet<>();
        boolean ordered = true;
        for (int i = 0; i < values.size(); i++) {
            int value = values.get(i);
            if (in && value == 0) {
                errors.invalid(path + "[" + i + "]", value, "must not be 0 for the In operator");
            }
            if (!seen.add(value)) {
                errors.duplicate(path + "[" + i + "]", value);
            }
            ordered &= i == 0 || values.get(i - 1) <= value;
        }
        if (!ordered) {
            errors.invalid(path, values, "must be ordered");
        }
    }
}
