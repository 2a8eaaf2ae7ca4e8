package io.gantry.api.batch.v1.job;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.core.v1.podtemplate.PodTemplateValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.Numbers;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Job's spec, by itself or in a CronJob (upstream `ValidateJobSpec`).
public final class JobValidation {
    private static final Set<String> ENDING = Set.of("OnFailure", "Never");
    private static final int MAX_INDEXED_PARALLELISM = 100_000;

    private JobValidation() {}

    /// Faults of a spec, apart from its selector.
    ///
    /// @param path e.g. `spec` or `spec.jobTemplate.spec`
    public static void check(JobSpec spec, String path, FieldErrors errors) {
        Numbers.nonNegative(spec.parallelism(), path + ".parallelism", errors);
        Numbers.nonNegative(spec.completions(), path + ".completions", errors);
        Numbers.nonNegative(spec.activeDeadlineSeconds(), path + ".activeDeadlineSeconds", errors);
        Numbers.nonNegative(spec.backoffLimit(), path + ".backoffLimit", errors);
        Numbers.nonNegative(spec.ttlSecondsAfterFinished(), path + ".ttlSecondsAfterFinished", errors);
        Numbers.nonNegative(spec.backoffLimitPerIndex(), path + ".backoffLimitPerIndex", errors);
        Numbers.nonNegative(spec.maxFailedIndexes(), path + ".maxFailedIndexes", errors);
        completionMode(spec, path, errors);
        template(spec, spec.template(), path + ".template", errors);
        if (spec.podFailurePolicy() != null) {
            failurePolicy(spec.podFailurePolicy(), path + ".podFailurePolicy", errors);
            if ("TerminatingOrFailed".equals(spec.podReplacementPolicy())) {
                errors.notSupported(path + ".podReplacementPolicy", spec.podReplacementPolicy(), List.of("Failed"));
            }
        }
    }

    private static void completionMode(JobSpec spec, String path, FieldErrors errors) {
        boolean indexed = "Indexed".equals(spec.completionMode());
        if (indexed) {
            if (spec.completions() == null) {
                errors.required(path + ".completions", "when completion mode is Indexed");
            }
            if (spec.parallelism() != null && spec.parallelism() > MAX_INDEXED_PARALLELISM) {
                errors.invalid(
                        path + ".parallelism",
                        spec.parallelism(),
                        "must be less than or equal to " + MAX_INDEXED_PARALLELISM
                                + " when completion mode is Indexed");
            }
        } else {
            onlyIndexed(spec.backoffLimitPerIndex(), path + ".backoffLimitPerIndex", errors);
            onlyIndexed(spec.maxFailedIndexes(), path + ".maxFailedIndexes", errors);
            onlyIndexed(spec.successPolicy(), path + ".successPolicy", errors);
        }
    }

    private static void onlyIndexed(@Nullable Object value, String path, FieldErrors errors) {
        if (value != null) {
            errors.invalid(path, value, "requires indexed completion mode");
        }
    }

    private static void template(JobSpec spec, @Nullable PodTemplateSpec template, String path, FieldErrors errors) {
        if (template == null) {
            errors.required(path, "");
            return;
        }
        PodTemplateValidation.check(template, path, errors);
        String policy = text(template.spec().restartPolicy());
        if (!ENDING.contains(policy)) {
            errors.required(path + ".spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        } else if (spec.podFailurePolicy() != null && !policy.equals("Never")) {
            errors.invalid(
                    path + ".spec.restartPolicy",
                    policy,
                    "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }

    private static void failurePolicy(PodFailurePolicy policy, String path, FieldErrors errors) {
        for (int i = 0; i < policy.rules().size(); i++) {
            PodFailurePolicyRule rule = policy.rules().get(i);
            String at = path + ".rules[" + i + "]";
            boolean codes = rule.onExitCodes() != null;
            boolean conditions = !rule.onPodConditions().isEmpty();
            if (codes && conditions) {
                errors.invalid(at, rule, "specifying both OnExitCodes and OnPodConditions is not supported");
            } else if (!codes && !conditions) {
                errors.invalid(at, rule, "specifying one of OnExitCodes and OnPodConditions is required");
            }
        }
    }
}
