package io.gantry.apiserver.cel.rules;

import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.customresource.SchemaRules;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of one version of a custom resource.
record CelSchemaRules(RuleNode root) implements SchemaRules {
    @Override
    public void validate(ObjectNode object, Optional<ObjectNode> old, FieldErrors errors) {
        Optional<JsonNode> before = old.map(JsonNode.class::cast);
        new RuleRun(errors).validate(root, "", object, before, Unchanged.of(root, object, before));
    }

    /// Compiles rules out of schemas.
    static final class RuleCompiler implements SchemaRules.Compiler {
        private final RuleCache cache = new RuleCache();

        @Override
        public Optional<SchemaRules> compile(JsonNode schema) {
            return RuleNode.of(schema, cache).map(CelSchemaRules::new);
        }

        @Override
        public void check(JsonNode schema, Optional<JsonNode> old, String path, FieldErrors errors) {
            RuleForms.check(schema, path, errors);
            if (errors.isEmpty()) {
                new RuleChecks(path, errors, cache).check(schema);
            }
        }
    }
}
