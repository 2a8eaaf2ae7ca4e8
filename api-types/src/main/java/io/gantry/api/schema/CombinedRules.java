package io.gantry.api.schema;

import io.gantry.api.kind.FieldErrors;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The keywords that combine schemas: `allOf`, `anyOf`, `oneOf`, `not`.
final class CombinedRules {
    private CombinedRules() {}

    static void add(JsonNode openApi, List<ValueRules.Rule> rules) {
        List<ValueRules> anyOf = compiled(openApi.path("anyOf"));
        if (!anyOf.isEmpty()) {
            rules.add(anyOf(anyOf));
        }
        List<ValueRules> oneOf = compiled(openApi.path("oneOf"));
        if (!oneOf.isEmpty()) {
            rules.add(oneOf(oneOf));
        }
        List<ValueRules> allOf = compiled(openApi.path("allOf"));
        if (!allOf.isEmpty()) {
            rules.add(allOf(allOf));
        }
        if (openApi.path("not").isObject()) {
            rules.add(not(ValueRules.compile(openApi.get("not"))));
        }
    }

    private static List<ValueRules> compiled(JsonNode schemas) {
        List<ValueRules> all = new ArrayList<>();
        schemas.values().forEach(schema -> all.add(ValueRules.compile(schema)));
        return all;
    }

    private static long accepting(List<ValueRules> schemas, JsonNode value, String path) {
        return schemas.stream().filter(schema -> schema.accepts(value, path)).count();
    }

    private static ValueRules.Rule anyOf(List<ValueRules> schemas) {
        return (value, path, errors) -> {
            if (accepting(schemas, value, path) == 0) {
                wrong("\"" + path + "\" must validate at least one schema (anyOf)", errors);
                schemas.getFirst().check(value, path, errors);
            }
        };
    }

    private static ValueRules.Rule oneOf(List<ValueRules> schemas) {
        return (value, path, errors) -> {
            long accepting = accepting(schemas, value, path);
            if (accepting != 1) {
                String found = accepting == 0 ? "Found none valid" : "Found " + accepting + " valid alternatives";
                wrong("\"" + path + "\" must validate one and only one schema (oneOf). " + found, errors);
                if (accepting == 0) {
                    schemas.getFirst().check(value, path, errors);
                }
            }
        };
    }

    private static ValueRules.Rule allOf(List<ValueRules> schemas) {
        return (value, path, errors) -> {
            long accepting = accepting(schemas, value, path);
            if (accepting < schemas.size()) {
                schemas.forEach(schema -> schema.check(value, path, errors));
                String none = accepting == 0 ? ". None validated" : "";
                wrong("\"" + path + "\" must validate all the schemas (allOf)" + none, errors);
            }
        };
    }

    private static ValueRules.Rule not(ValueRules schema) {
        return (value, path, errors) -> {
            if (schema.accepts(value, path)) {
                wrong("\"" + path + "\" must not validate the schema (not)", errors);
            }
        };
    }

    /// Upstream names neither field nor value of such faults.
    private static void wrong(String message, FieldErrors errors) {
        errors.invalid("<nil>", "", message);
    }
}
