package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import tools.jackson.databind.node.ObjectNode;

/// The two versions of OpenAPI, where they differ.
enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String prefix;

    Dialect(String prefix) {
        this.prefix = prefix;
    }

    /// A schema that is nothing but a reference.
    ObjectNode ref(String definition) {
        return Json.MAPPER.createObjectNode().put("$ref", prefix + definition);
    }

    /// A reference to which more may be added: v3 allows nothing beside `$ref`.
    ObjectNode extensibleRef(String definition) {
        if (this == V2) {
            return ref(definition);
        }
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.putArray("allOf").add(ref(definition));
        return node;
    }

    /// The reference alone, where nothing was added to it.
    ObjectNode plainest(ObjectNode extensible) {
        return extensible.size() == 1 && extensible.path("allOf").path(0) instanceof ObjectNode ref ? ref : extensible;
    }

    /// The definition that a reference names.
    String definition(String ref) {
        return ref.substring(prefix.length());
    }
}
