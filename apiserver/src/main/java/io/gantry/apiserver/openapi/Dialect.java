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

    /// The definition that a reference names.
    String definition(String ref) {
        return ref.substring(prefix.length());
    }
}
