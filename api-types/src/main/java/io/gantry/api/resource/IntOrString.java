package io.gantry.api.resource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// A number or a text such as `25%` or a port name (upstream `intstr.IntOrString`).
public sealed interface IntOrString {
    /// A whole number.
    record Int(int value) implements IntOrString {
        @Override
        public Object json() {
            return value;
        }

        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    /// A text.
    record Text(String value) implements IntOrString {
        @Override
        public Object json() {
            return value;
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /// The JSON value: Integer or String.
    @JsonValue
    Object json();

    static IntOrString of(int value) {
        return new Int(value);
    }

    static IntOrString of(String value) {
        return new Text(value);
    }

    /// From a JSON value.
    ///
    /// @throws IllegalArgumentException when it is neither a whole number nor a text
    @JsonCreator
    static IntOrString fromJson(Object value) {
        return switch (value) {
            case Integer number -> new Int(number);
            case Long number -> new Int(Math.toIntExact(number));
            case String text -> new Text(text);
            default -> throw new IllegalArgumentException("neither a number nor a text: " + value);
        };
    }

    /// The number, or the percentage of `total` (upstream `GetScaledValueFromIntOrPercent`).
    ///
    /// @throws IllegalArgumentException when a text is no percentage
    default int scaled(int total, boolean roundUp) {
        return switch (this) {
            case Int number -> number.value();
            case Text text -> {
                if (!text.value().endsWith("%")) {
                    throw new IllegalArgumentException("invalid value for IntOrString: " + text.value());
                }
                int percent =
                        Integer.parseInt(text.value().substring(0, text.value().length() - 1));
                yield BigDecimal.valueOf((long) percent * total)
                        .divide(BigDecimal.valueOf(100), roundUp ? RoundingMode.CEILING : RoundingMode.FLOOR)
                        .intValueExact();
            }
        };
    }
}
