package io.gantry.apiserver.customresource;

import io.gantry.api.kind.FieldErrors;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The compiled `x-kubernetes-validations` of one version's schema. Thread-safe.
public interface SchemaRules {
    /// Adds what the rules find wrong. What did not change since `old` may be passed by, as ratcheting says.
    ///
    /// @param object the whole object with its defaults, which meets its schema
    /// @param old the object before, empty at creation
    void validate(ObjectNode object, Optional<ObjectNode> old, FieldErrors errors);

    /// Makes rules of schemas. Thread-safe.
    interface Compiler {
        /// No rules are checked.
        Compiler NONE = new Compiler() {
            @Override
            public Optional<SchemaRules> compile(JsonNode schema) {
                return Optional.empty();
            }

            @Override
            public void check(JsonNode schema, Optional<JsonNode> old, String path, FieldErrors errors) {
                // There is nothing that could be wrong.
            }
        };

        /// Compiles the rules of a schema that passed [#check].
        ///
        /// @param schema the version's `openAPIV3Schema`; not changed
        /// @return empty when there is no rule in it
        Optional<SchemaRules> compile(JsonNode schema);

        /// Checks the rules of a schema in a CustomResourceDefinition that is written: that they compile and their
        /// cost is bounded.
        ///
        /// @param old the same version's schema before, empty where there was none
        /// @param path of the schema, e.g. `spec.versions[0].schema.openAPIV3Schema`
        void check(JsonNode schema, Optional<JsonNode> old, String path, FieldErrors errors);
    }
}
