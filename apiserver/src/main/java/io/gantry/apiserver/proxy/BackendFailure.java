package io.gantry.apiserver.proxy;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.Status;
import tools.jackson.core.JacksonException;

/// Makes the failed answer of a kubelet an error of the API.
final class BackendFailure {
    private BackendFailure() {}

    static StatusException of(int code, String text) {
        if (text.startsWith("{") && text.contains("\"Status\"")) {
            try {
                return new StatusException(Json.MAPPER.readValue(text, Status.class));
            } catch (JacksonException e) {
                return plain(code, text);
            }
        }
        return plain(code, text);
    }

    private static StatusException plain(int code, String text) {
        return switch (code) {
            case 400 -> StatusException.badRequest(text);
            case 404 -> StatusException.of(404, "NotFound", text, null);
            case 401, 403 -> StatusException.of(500, "InternalError", "the kubelet refuses this server: " + text, null);
            default ->
                StatusException.internal(
                        "an error on the server (\"" + text + "\") has prevented the request" + " from succeeding");
        };
    }
}
