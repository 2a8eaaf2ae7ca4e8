package io.gantry.api.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The keywords for strings: `minLength`, `maxLength`, `pattern`, `format`. Lengths count code points. Of lengths and
/// pattern the first that does not hold is told, as upstream's `stringValidator` does.
final class TextRules {
    private TextRules() {}

    static void add(JsonNode openApi, List<ValueRules.Rule> rules) {
        List<ValueRules.Rule> first = new ArrayList<>();
        if (openApi.path("maxLength").isNumber()) {
            first.add(maxLength(openApi.get("maxLength").asLong()));
        }
        if (openApi.path("minLength").isNumber()) {
            first.add(minLength(openApi.get("minLength").asLong()));
        }
        String pattern = openApi.path("pattern").asString("");
        if (!pattern.isEmpty()) {
            first.add(pattern(pattern));
        }
        if (!first.isEmpty()) {
            rules.add(firstOf(List.copyOf(first)));
        }
        String format = openApi.path("format").asString("");
        String type = openApi.path("type").asString("");
        if ((type.isEmpty() || type.equals("string")) && Formats.isKnown(format)) {
            rules.add(format(format));
        }
    }

    private static ValueRules.Rule firstOf(List<ValueRules.Rule> rules) {
        return (value, path, errors) -> {
            int before = errors.count();
            for (ValueRules.Rule rule : rules) {
                if (errors.count() == before) {
                    rule.check(value, path, errors);
                }
            }
        };
    }

    private static ValueRules.Rule maxLength(long max) {
        return (value, path, errors) -> {
            if (value.isString() && length(value) > max) {
                errors.tooLong(path, (int) max);
            }
        };
    }

    private static ValueRules.Rule minLength(long min) {
        return (value, path, errors) -> {
            if (value.isString() && length(value) < min) {
                errors.invalid(path, value.stringValue(), path + " in body should be at least " + min + " chars long");
            }
        };
    }

    private static ValueRules.Rule pattern(String text) {
        Pattern pattern = compiled(text);
        return (value, path, errors) -> {
            if (value.isString() && !pattern.matcher(value.stringValue()).find()) {
                errors.invalid(path, value.stringValue(), path + " in body should match '" + text + "'");
            }
        };
    }

    private static Pattern compiled(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException("pattern " + text + ": " + malformed.getMessage(), malformed);
        }
    }

    private static ValueRules.Rule format(String format) {
        return (value, path, errors) -> {
            if (value.isString() && !Formats.accepts(format, value.stringValue())) {
                errors.typeInvalid(
                        path, value.stringValue(), path + " in body must be of type " + format + ": " + value);
            }
        };
    }

    private static int length(JsonNode value) {
        String text = value.stringValue();
        return text.codePointCount(0, text.length());
    }
}
