package io.gantry.api.apiextensions.v1.customresourcedefinition;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import java.util.List;

/// Rules of `additionalPrinterColumns`.
final class ColumnRules {
    private static final List<String> TYPES = List.of("boolean", "date", "integer", "number", "string");
    private static final List<String> FORMATS =
            List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");

    private ColumnRules() {}

    static void validate(List<CustomResourceColumnDefinition> columns, String path, FieldErrors errors) {
        for (int i = 0; i < columns.size(); i++) {
            column(columns.get(i), path + "[" + i + "]", errors);
        }
    }

    private static void column(CustomResourceColumnDefinition column, String at, FieldErrors errors) {
        if (text(column.name()).isEmpty()) {
            errors.required(at + ".name", "");
        }
        String types = "must be one of " + String.join(",", TYPES);
        if (text(column.type()).isEmpty()) {
            errors.required(at + ".type", types);
        } else if (!TYPES.contains(column.type())) {
            errors.invalid(at + ".type", column.type(), types);
        }
        if (!text(column.format()).isEmpty() && !FORMATS.contains(column.format())) {
            errors.invalid(at + ".format", column.format(), "must be one of " + String.join(",", FORMATS));
        }
        if (text(column.jsonPath()).isEmpty()) {
            errors.required(at + ".JSONPath", "");
        } else if (!column.jsonPath().startsWith(".")) {
            errors.invalid(at + ".JSONPath", column.jsonPath(), "must be a simple json path starting with .");
        }
    }
}
