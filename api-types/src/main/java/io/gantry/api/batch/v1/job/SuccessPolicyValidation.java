package io.gantry.api.batch.v1.job;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.Numbers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When an indexed Job has succeeded before all of its indexes have (upstream `validateSuccessPolicy`).
final class SuccessPolicyValidation {
    private static final int MAX_RULES = 20;
    private static final int MAX_INDEXES_BYTES = 64 * 1024;

    private SuccessPolicyValidation() {}

    /// @param completions of the Job; without them indexes have no bound
    static void check(SuccessPolicy policy, @Nullable Integer completions, String path, FieldErrors errors) {
        String at = path + ".rules";
        List<SuccessPolicyRule> rules = policy.rules();
        if (rules.isEmpty()) {
            errors.required(at, "at least one rules must be specified when the successPolicy is specified");
        } else if (rules.size() > MAX_RULES) {
            errors.tooMany(at, rules.size(), MAX_RULES);
        }
        int bound = completions == null ? Integer.MAX_VALUE : completions;
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), bound, at + "[" + i + "]", errors);
        }
    }

    private static void rule(SuccessPolicyRule rule, int completions, String at, FieldErrors errors) {
        Integer count = rule.succeededCount();
        String indexes = rule.succeededIndexes();
        if (count == null && indexes == null) {
            errors.required(at, "at least one of succeededCount or succeededIndexes must be specified");
        }
        int total =
                indexes == null ? Integer.MAX_VALUE : indexes(indexes, completions, at + ".succeededIndexes", errors);
        if (count == null) {
            return;
        }
        String path = at + ".succeededCount";
        Numbers.nonNegative(count, path, errors);
        if (count > completions) {
            errors.invalid(
                    path,
                    count,
                    "must be less than or equal to " + completions + " (the number of specified completions)");
        }
        if (count > total) {
            errors.invalid(
                    path,
                    count,
                    "must be less than or equal to " + total
                            + " (the number of indexes in the specified succeededIndexes field)");
        }
    }

    /// How many indexes are named; none where they cannot be read.
    private static int indexes(String indexes, int completions, String path, FieldErrors errors) {
        if (indexes.length() > MAX_INDEXES_BYTES) {
            errors.tooLong(path, MAX_INDEXES_BYTES);
        }
        try {
            return CompletionIndexes.count(indexes, completions);
        } catch (IllegalArgumentException fault) {
            errors.invalid(path, indexes, "error parsing succeededIndexes: " + fault.getMessage());
            return 0;
        }
    }
}
