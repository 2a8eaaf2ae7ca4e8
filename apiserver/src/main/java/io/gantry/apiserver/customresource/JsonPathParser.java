package io.gantry.apiserver.customresource;

import io.gantry.api.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads a JSONPath.
final class JsonPathParser {
    private static final String FIELD_ENDS = ".[] \t\n|{}(),=!<>";

    private final String text;
    private int at;

    JsonPathParser(String text) {
        this.text = text;
    }

    JsonPath parse() {
        JsonPath path = path();
        if (at < text.length()) {
            throw fault("unexpected character");
        }
        return path;
    }

    private JsonPath path() {
        List<JsonPath.Step> steps = new ArrayList<>();
        if (at < text.length() && (text.charAt(at) == '$' || text.charAt(at) == '@')) {
            at++;
        }
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '.') {
                dotted(steps);
            } else if (next == '[') {
                steps.add(bracketed());
            } else if (steps.isEmpty() && FIELD_ENDS.indexOf(next) < 0) {
                steps.add(JsonPath.field(name()));
            } else {
                break;
            }
        }
        return new JsonPath(steps);
    }

    private void dotted(List<JsonPath.Step> steps) {
        at++;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            steps.add(JsonPath.descent());
        }
        if (at >= text.length() || text.charAt(at) == '[') {
            return;
        }
        if (text.charAt(at) == '*') {
            at++;
            steps.add(JsonPath.everything());
            return;
        }
        steps.add(JsonPath.field(name()));
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        while (at < text.length() && FIELD_ENDS.indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        if (name.isEmpty()) {
            throw fault("a field has no name");
        }
        return name.toString();
    }

    private JsonPath.Step bracketed() {
        at++;
        if (text.startsWith("?(", at)) {
            at += 2;
            JsonPathFilter filter = filter();
            expect(')');
            expect(']');
            return JsonPath.filter(filter);
        }
        List<JsonPath.Step> parts = new ArrayList<>();
        do {
            blanks();
            parts.add(part());
            blanks();
        } while (taken(','));
        expect(']');
        return parts.size() == 1 ? parts.getFirst() : JsonPath.union(parts);
    }

    private JsonPath.Step part() {
        if (at >= text.length()) {
            throw fault("unterminated array");
        }
        char first = text.charAt(at);
        if (first == '*') {
            at++;
            return JsonPath.everything();
        }
        if (first == '\'' || first == '"') {
            return JsonPath.field(quoted());
        }
        if (first == '.' || first == '@') {
            JsonPath below = path();
            return (value, found) -> found.addAll(below.find(value));
        }
        return indices();
    }

    private JsonPath.Step indices() {
        int start = at;
        while (at < text.length() && "-0123456789:".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String[] numbers = text.substring(start, at).split(":", -1);
        if (start == at || numbers.length > 3) {
            throw fault("invalid array index");
        }
        if (numbers.length == 1) {
            return JsonPath.index(number(numbers[0], 0));
        }
        return JsonPath.slice(
                number(numbers[0], 0),
                number(numbers[1], Integer.MAX_VALUE),
                numbers.length == 3 ? number(numbers[2], 1) : 1);
    }

    private int number(String digits, int absent) {
        try {
            return digits.isEmpty() ? absent : Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw fault("invalid array index " + digits);
        }
    }

    private JsonPathFilter filter() {
        JsonPathFilter.Operand left = operand();
        blanks();
        for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                JsonPathFilter.Operand right = operand();
                blanks();
                return new JsonPathFilter(left, operator, right);
            }
        }
        return new JsonPathFilter(left, "", null);
    }

    private JsonPathFilter.Operand operand() {
        blanks();
        if (at >= text.length()) {
            throw fault("unterminated filter");
        }
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            return new JsonPathFilter.Operand(null, JsonNodeFactory.instance.stringNode(quoted()));
        }
        if (first == '@' || first == '.' || first == '$') {
            return new JsonPathFilter.Operand(path(), null);
        }
        int start = at;
        while (at < text.length() && ") =!<>".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return new JsonPathFilter.Operand(null, constant(text.substring(start, at)));
    }

    private JsonNode constant(String word) {
        if (word.equals("true") || word.equals("false")) {
            return JsonNodeFactory.instance.booleanNode(word.equals("true"));
        }
        try {
            return Json.MAPPER.valueToTree(Double.valueOf(word));
        } catch (NumberFormatException e) {
            throw fault("unrecognized word " + word);
        }
    }

    private String quoted() {
        char quote = text.charAt(at++);
        StringBuilder inside = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            inside.append(text.charAt(at++));
        }
        expect(quote);
        return inside.toString();
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean taken(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) {
        if (!taken(wanted)) {
            throw fault("expected " + wanted);
        }
    }

    private IllegalArgumentException fault(String why) {
        return new IllegalArgumentException(why + " at " + at + " in " + text);
    }
}
