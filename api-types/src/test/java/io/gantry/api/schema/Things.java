package io.gantry.api.schema;

import io.gantry.api.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Schemas and objects of a custom kind, written with single quotes.
final class Things {
    private Things() {}

    /// Of a kind with this schema for its `spec`.
    static ResourceSchema schema(String spec) {
        return Schemas.custom("example.com/v1", "Thing", json("{'type':'object','properties':{'spec':" + spec + "}}"));
    }

    /// An object of the kind.
    static ObjectNode object(String spec) {
        return (ObjectNode)
                json("{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'a'},'spec':" + spec + "}");
    }

    static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
