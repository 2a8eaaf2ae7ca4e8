package io.gantry.apiserver.policy;

import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.ServedResource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The kind of a policy's parameters.
record ParamKind(String apiVersion, String kind) {
    static Optional<ParamKind> of(JsonNode spec) {
        JsonNode tree = spec.path("paramKind");
        return tree.isObject()
                ? Optional.of(new ParamKind(Trees.text(tree, "apiVersion"), Trees.text(tree, "kind")))
                : Optional.empty();
    }

    boolean is(ServedResource resource) {
        return resource.kind().equals(kind)
                && resource.apiVersion().equals(apiVersion)
                && resource.storage().isPresent();
    }

    /// As upstream shows it.
    String shown() {
        return ResourceSchema.shown(apiVersion, kind);
    }
}
