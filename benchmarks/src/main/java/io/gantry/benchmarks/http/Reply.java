package io.gantry.benchmarks.http;

import io.gantry.api.Json;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// A whole answer.
@SuppressWarnings("ArrayRecordComponent")
public record Reply(int status, byte[] body) {
    public JsonNode json() {
        return Json.MAPPER.readTree(body);
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
