package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Where a chunked list goes on (upstream `apiserver/pkg/storage/continue.go`).
///
/// @param revision of the first page; negative goes on at the newest
/// @param start the first key, below the list's prefix
record ContinueToken(long revision, String start) {
    String encode() {
        String json = Json.MAPPER
                .createObjectNode()
                .put("v", "meta.k8s.io/v1")
                .put("rv", revision)
                .put("start", start)
                .toString();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws StatusException 400 for a token that this server did not make
    static ContinueToken decode(String token) {
        try {
            JsonNode json = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token));
            String start = json.path("start").asString("");
            if (!json.path("v").asString("").equals("meta.k8s.io/v1") || start.isEmpty()) {
                throw invalid("incorrect encoded start resourceVersion or key");
            }
            return new ContinueToken(json.path("rv").asLong(-1), start);
        } catch (IllegalArgumentException | JacksonException e) {
            throw invalid("illegal base64 data or JSON");
        }
    }

    private static StatusException invalid(String why) {
        return StatusException.badRequest("continue key is not valid: " + why);
    }
}
