package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Where a chunked list goes on (upstream `apiserver/pkg/storage/continue.go`).
///
/// @param revision of the first page; negative goes on at the newest
/// @param start the first key, below the list's prefix
record ContinueToken(long revision, String start) {
    private static final String VERSION = "meta.k8s.io/v1";

    /// Goes on behind the last key of a page: what is created between two pages is in an inconsistent list.
    static ContinueToken after(String lastKey, long revision) {
        return new ContinueToken(revision, lastKey + '\0');
    }

    String encode() {
        String json = Json.MAPPER
                .createObjectNode()
                .put("v", VERSION)
                .put("rv", revision)
                .put("start", start)
                .toString();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws StatusException 400 for a token that this server did not make
    static ContinueToken decode(String token) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token));
        } catch (JacksonException e) {
            throw invalid(": " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw invalid(": " + e.getMessage());
        }
        String version = json.path("v").asString("");
        if (!version.equals(VERSION)) {
            throw invalid(": server does not recognize this encoded version " + version);
        }
        long revision = json.path("rv").asLong(0);
        if (revision == 0) {
            throw invalid(": incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
        }
        String start = json.path("start").asString("");
        if (start.isEmpty()) {
            throw invalid(": encoded start key empty (version meta.k8s.io/v1)");
        }
        String key = start.startsWith("/") ? start.substring(1) : start;
        // A start that climbs out of its list's prefix would read other lists.
        if (Arrays.stream(key.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            throw invalid(": " + start);
        }
        return new ContinueToken(revision, key);
    }

    private static StatusException invalid(String why) {
        return StatusException.badRequest("invalid continue token: continue key is not valid" + why);
    }
}
