package io.gantry.api.batch.v1.job;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.core.v1.podtemplate.PodTemplateValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.Numbers;
import io.gantry.api.validation.References;
import io.gantry.api.validation.TextForms;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Job's spec, by itself or in a CronJob (upstream `ValidateJobSpec`).
public final class JobValidation {
    private static final Set<String> ENDING = Set.of("OnFailure", "Never");
    private static final String NON_INDEXED = "NonIndexed";
    private static final List<String> MODES = List.of(NON_INDEXED, "Indexed");
    private static final int MAX_INDEXED_PARALLELISM = 100_000;
    private static final int MAX_FAILED_INDEXES = 100_000;

    /// From here on a Job with retries by index may neither run nor fail more than [#MOST_OF_MANY] indexes.
    private static final int MANY_COMPLETIONS = 100_000;

    private static final int MOST_OF_MANY = 10_000;
    private static final int MAX_MANAGED_BY = 63;

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
        managedBy(spec.managedBy(), path + ".managedBy", errors);
        completionMode(spec, path, errors);
        template(spec, spec.template(), path + ".template", errors);
        if (spec.podFailurePolicy() != null) {
            FailurePolicyValidation.check(spec, spec.podFailurePolicy(), path + ".podFailurePolicy", errors);
        }
        if (spec.podReplacementPolicy() != null) {
            References.oneOf(
                    spec.podReplacementPolicy(),
                    spec.podFailurePolicy() == null ? List.of("Failed", "TerminatingOrFailed") : List.of("Failed"),
                    path + ".podReplacementPolicy",
                    errors);
        }
    }

    private static void completionMode(JobSpec spec, String path, FieldErrors errors) {
        String mode = spec.completionMode() == null ? NON_INDEXED : spec.completionMode();
        if (spec.maxFailedIndexes() != null && spec.backoffLimitPerIndex() == null) {
            errors.required(path + ".backoffLimitPerIndex", "when maxFailedIndexes is specified");
        }
        if (!MODES.contains(mode)) {
            errors.notListed(path + ".completionMode", mode, MODES);
        } else if (mode.equals(NON_INDEXED)) {
            onlyIndexed(spec.backoffLimitPerIndex(), path + ".backoffLimitPerIndex", errors);
            onlyIndexed(spec.maxFailedIndexes(), path + ".maxFailedIndexes", errors);
            onlyIndexed(spec.successPolicy(), path + ".successPolicy", errors);
        } else {
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
            failedIndexes(spec, path, errors);
            if (spec.successPolicy() != null) {
                SuccessPolicyValidation.check(
                        spec.successPolicy(), spec.completions(), path + ".successPolicy", errors);
            }
        }
    }

    private static void failedIndexes(JobSpec spec, String path, FieldErrors errors) {
        int completions = spec.completions() == null ? Integer.MAX_VALUE : spec.completions();
        Integer most = spec.maxFailedIndexes();
        String at = path + ".maxFailedIndexes";
        if (most != null && most > completions) {
            errors.invalid(at, most, "must be less than or equal to completions");
        }
        if (most != null && most > MAX_FAILED_INDEXES) {
            errors.invalid(at, most, "must be less than or equal to " + MAX_FAILED_INDEXES);
        }
        if (spec.completions() == null || completions <= MANY_COMPLETIONS || spec.backoffLimitPerIndex() == null) {
            return;
        }
        String limit = "must be less than or equal to " + MOST_OF_MANY + " when completions are above "
                + MANY_COMPLETIONS + " and used with backoff limit per index";
        if (most == null) {
            errors.required(at, "must be specified when completions is above " + MANY_COMPLETIONS);
        } else if (most > MOST_OF_MANY) {
            errors.invalid(at, most, limit);
        }
        if (spec.parallelism() != null && spec.parallelism() > MOST_OF_MANY) {
            errors.invalid(path + ".parallelism", spec.parallelism(), limit);
        }
    }

    private static void managedBy(@Nullable String controller, String path, FieldErrors errors) {
        if (controller == null) {
            return;
        }
        References.requiredFormat(controller, TextForms::domainPrefixedPath, path, errors);
        if (controller.length() > MAX_MANAGED_BY) {
            errors.tooLong(path, MAX_MANAGED_BY);
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
        if (!ENDING.contains(policy) && !policy.isEmpty() && !policy.equals("Always")) {
            errors.notSupported(path + ".spec.restartPolicy", policy, List.of("OnFailure", "Never"));
        } else if (!ENDING.contains(policy)) {
            errors.required(path + ".spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        } else if (spec.podFailurePolicy() != null && !policy.equals("Never")) {
            errors.invalid(
                    path + ".spec.restartPolicy",
                    policy,
                    "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }
}
