package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The keywords for numbers: `minimum`, `maximum`, their exclusive forms, `multipleOf`; and `format` int32 and int64.
final class NumberRules {
    private NumberRules() {}

    static void add(JsonNode openApi, List<ValueRules.Rule> rules) {
        if (openApi.path("maximum").isNumber()) {
            boolean exclusive = openApi.path("exclusiveMaximum").asBoolean(false);
            rules.add(bound(decimal(openApi.get("maximum")), exclusive, true));
        }
        if (openApi.path("minimum").isNumber()) {
            boolean exclusive = openApi.path("exclusiveMinimum").asBoolean(false);
            rules.add(bound(decimal(openApi.get("minimum")), exclusive, false));
        }
        if (openApi.path("multipleOf").isNumber()) {
            rules.add(multipleOf(decimal(openApi.get("multipleOf"))));
        }
        switch (openApi.path("format").asString("")) {
            case "int32" -> rules.add(range("int32", Integer.MIN_VALUE, Integer.MAX_VALUE));
            case "int64" -> rules.add(range("int64", Long.MIN_VALUE, Long.MAX_VALUE));
            default -> {}
        }
    }

    private static ValueRules.Rule bound(BigDecimal limit, boolean exclusive, boolean upper) {
        String words = (upper ? "less than " : "greater than ") + (exclusive ? "" : "or equal to ") + shown(limit);
        return (value, path, errors) -> {
            if (!value.isNumber()) {
                return;
            }
            int order = decimal(value).compareTo(limit) * (upper ? 1 : -1);
            if (exclusive ? order >= 0 : order > 0) {
                errors.invalid(path, value, path + " in body should be " + words);
            }
        };
    }

    private static ValueRules.Rule multipleOf(BigDecimal factor) {
        return (value, path, errors) -> {
            if (value.isNumber()
                    && factor.signum() > 0
                    && decimal(value).remainder(factor).signum() != 0) {
                errors.invalid(path, value, path + " in body should be a multiple of " + shown(factor));
            }
        };
    }

    private static ValueRules.Rule range(String format, long min, long max) {
        return (value, path, errors) -> {
            if (value.isIntegralNumber()
                    && (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max)) {
                outOfRange(format, path, errors);
            }
        };
    }

    /// What upstream's library tells of no field (`kube-openapi/pkg/validation/validate`, `numberValidator`).
    static void outOfRange(String format, String path, FieldErrors errors) {
        String form = format.isEmpty() ? "(default format)" : "with format " + format;
        errors.invalid("<nil>", "", "Checked value must be of type integer " + form + " in " + path);
    }

    private static BigDecimal decimal(JsonNode value) {
        return value.isIntegralNumber()
                ? new BigDecimal(value.bigIntegerValue())
                : BigDecimal.valueOf(value.doubleValue());
    }

    private static String shown(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
