package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.meta.v1.Condition;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Conditions of `meta/v1` (upstream `apimachinery/pkg/apis/meta/v1/validation`).
public final class Conditions {
    private static final int MAX_REASON = 1024;
    private static final int MAX_MESSAGE = 32 * 1024;
    private static final Set<String> STATUSES = Set.of("True", "False", "Unknown");

    private Conditions() {}

    /// All conditions, each of a type of its own.
    public static void check(List<Condition> conditions, String path, FieldErrors errors) {
        Set<String> types = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            String at = path + "[" + i + "]";
            if (!types.add(orEmpty(condition.type()))) {
                errors.duplicate(at + ".type", orEmpty(condition.type()));
            }
            check(condition, at, errors);
        }
    }

    private static void check(Condition condition, String path, FieldErrors errors) {
        LabelValidation.labelName(orEmpty(condition.type()), path + ".type", errors);
        if (!STATUSES.contains(orEmpty(condition.status()))) {
            errors.notSupported(path + ".status", orEmpty(condition.status()), List.copyOf(STATUSES));
        }
        Long generation = condition.observedGeneration();
        if (generation != null && generation < 0) {
            errors.invalid(path + ".observedGeneration", generation, "must be greater than or equal to zero");
        }
        if (isAbsent(condition.lastTransitionTime())) {
            errors.required(path + ".lastTransitionTime", "");
        }
        reason(orEmpty(condition.reason()), path + ".reason", errors);
        if (bytes(orEmpty(condition.message())) > MAX_MESSAGE) {
            errors.tooLong(path + ".message", MAX_MESSAGE);
        }
    }

    private static void reason(String reason, String path, FieldErrors errors) {
        if (reason.isEmpty()) {
            errors.required(path, "");
            return;
        }
        TextForms.conditionReason(reason).forEach(wrong -> errors.invalid(path, reason, wrong));
        if (bytes(reason) > MAX_REASON) {
            errors.tooLong(path, MAX_REASON);
        }
    }

    private static boolean isAbsent(@Nullable Object value) {
        return value == null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
