package io.gantry.apiserver.cel.rules;

import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.customresource.SchemaRules;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Compiles rules in CEL, whose classes are loaded at the first schema that has a rule.
public final class LazyRuleCompiler implements SchemaRules.Compiler {
    private static final String KEYWORD = "x-kubernetes-validations";

    @Override
    public Optional<SchemaRules> compile(JsonNode schema) {
        return has(schema) ? Made.COMPILER.compile(schema) : Optional.empty();
    }

    @Override
    public void check(JsonNode schema, Optional<JsonNode> old, String path, FieldErrors errors) {
        if (has(schema)) {
            Made.COMPILER.check(schema, old, path, errors);
        }
    }

    private static boolean has(JsonNode schema) {
        if (schema.isObject() && !schema.path(KEYWORD).isEmpty()) {
            return true;
        }
        return schema.valueStream().anyMatch(LazyRuleCompiler::has);
    }

    /// Loaded when it is needed.
    private static final class Made {
        static final SchemaRules.Compiler COMPILER = new CelSchemaRules.RuleCompiler();
    }
}
