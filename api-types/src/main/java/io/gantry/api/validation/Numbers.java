package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.resource.IntOrString;
import org.jspecify.annotations.Nullable;

/// Bounds of numbers and of numbers that may be percentages; an absent value has no faults.
public final class Numbers {
    private Numbers() {}

    /// At least zero.
    public static void nonNegative(@Nullable Number value, String path, FieldErrors errors) {
        if (value != null && value.longValue() < 0) {
            errors.invalid(path, value, "must be greater than or equal to 0");
        }
    }

    /// At least one.
    public static void positive(@Nullable Number value, String path, FieldErrors errors) {
        if (value != null && value.longValue() < 1) {
            errors.invalid(path, value, "must be greater than zero");
        }
    }

    /// A port's number.
    public static void port(int value, String path, FieldErrors errors) {
        TextForms.portNumber(value).forEach(m -> errors.invalid(path, value, m));
    }

    /// A number that is at least zero, or a percentage (upstream `ValidatePositiveIntOrPercent`).
    public static void nonNegativeOrPercent(@Nullable IntOrString value, String path, FieldErrors errors) {
        switch (value) {
            case null -> {}
            case IntOrString.Int number -> nonNegative(number.value(), path, errors);
            case IntOrString.Text text ->
                TextForms.percent(text.value()).forEach(m -> errors.invalid(path, text.value(), m));
        }
    }

    /// A percentage may not pass 100.
    public static void notMoreThan100Percent(@Nullable IntOrString value, String path, FieldErrors errors) {
        if (value instanceof IntOrString.Text text
                && TextForms.percent(text.value()).isEmpty()
                && percent(text.value()) > 100) {
            errors.invalid(path, value, "must not be greater than 100%");
        }
    }

    /// The number itself, or the number before the percent sign; zero where the text is no percentage.
    public static int valueOrPercent(@Nullable IntOrString value) {
        return switch (value) {
            case null -> 0;
            case IntOrString.Int number -> number.value();
            case IntOrString.Text text -> TextForms.percent(text.value()).isEmpty() ? percent(text.value()) : 0;
        };
    }

    private static int percent(String text) {
        return text.length() > 10
                ? Integer.MAX_VALUE
                : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text.substring(0, text.length() - 1)));
    }
}
