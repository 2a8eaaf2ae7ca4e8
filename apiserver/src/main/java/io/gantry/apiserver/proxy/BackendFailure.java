package io.gantry.apiserver.proxy;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.Status;
import tools.jackson.core.JacksonException;

/// Makes the failed answer of a kubelet an error of the API.
final class BackendFailure {
    private BackendFailure() {}

    /// @param what was read, e.g. `pods/log NAME`
    static StatusException of(int code, String text, String what) {
        if (text.startsWith("{") && text.contains("\"Status\"")) {
            try {
                return new StatusException(Json.MAPPER.readValue(text, Status.class));
            } catch (JacksonException e) {
                return plain(code, text, what);
            }
        }
        return plain(code, text, what);
    }

    /// As upstream tells what a server said that knows no Status (`NewGenericServerResponse`).
    private static StatusException plain(int code, String text, String what) {
        return switch (code) {
            case 500 -> StatusException.internal(text);
            case 400 -> StatusException.badRequest(text);
            case 401 -> told(code, "Unauthorized", "the server has asked for the client to provide credentials", what);
            case 403 -> told(code, "Forbidden", text, what);
            case 404 -> told(code, "NotFound", "the server could not find the requested resource", what);
            case 405 ->
                told(code, "MethodNotAllowed", "the server does not allow this method on the requested resource", what);
            case 409 -> told(code, "Conflict", "the server reported a conflict", what);
            case 422 -> told(code, "Invalid", "the server rejected our request due to an error in our request", what);
            case 429 ->
                told(
                        code,
                        "TooManyRequests",
                        "the server has received too many requests and has asked us to try again later",
                        what);
            case 503 -> told(code, "ServiceUnavailable", "the server is currently unable to handle the request", what);
            case 504 ->
                told(
                        code,
                        "Timeout",
                        "the server was unable to return a response in the time allotted, but may still be processing the"
                                + " request",
                        what);
            default ->
                code > 500 ? told(code, "InternalError", unexpected(text), what) : told(code, "", silent(code), what);
        };
    }

    private static StatusException told(int code, String reason, String message, String what) {
        return StatusException.of(code, reason, message + " ( " + what + ")", null);
    }

    private static String unexpected(String text) {
        return "an error on the server (" + Json.MAPPER.writeValueAsString(text)
                + ") has prevented the request from succeeding";
    }

    private static String silent(int code) {
        return "the server responded with the status code " + code + " but did not return more information";
    }
}
