package io.gantry.benchmarks.http;

import io.gantry.api.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// A whole answer.
@SuppressWarnings("ArrayRecordComponent")
public record Reply(int status, byte[] body) {
    public JsonNode json() {
        return Json.MAPPER.readTree(body);
    }

    /// How many items or rows a list has, counted without making a tree.
    public int items() {
        int items = 0;
        try (JsonParser in = Json.MAPPER.createParser(body)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean list =
                        in.currentName().equals("items") || in.currentName().equals("rows");
                if (in.nextToken() == JsonToken.START_ARRAY && list) {
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        in.skipChildren();
                        items++;
                    }
                } else {
                    in.skipChildren();
                }
            }
        }
        return items;
    }

    public boolean ok() {
        return status / 100 == 2;
    }

    /// The answer to something that must succeed.
    ///
    /// @throws IllegalStateException when it did not
    public Reply require(String what) {
        if (!ok()) {
            throw new IllegalStateException(what + ": HTTP " + status + ": "
                    + new String(body, 0, Math.min(body.length, 500), StandardCharsets.UTF_8));
        }
        return this;
    }
}
