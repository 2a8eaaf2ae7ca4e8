package io.gantry.ingress.proxy;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/// An answer that is ours and not an endpoint's.
///
/// @param text one line, without its end
record Refusal(HttpResponseStatus status, String text) {
    static final Refusal NO_ROUTE = new Refusal(HttpResponseStatus.NOT_FOUND, "default backend - 404");
    static final Refusal TOO_LARGE =
            new Refusal(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the request's body is too large");
    static final Refusal BODY_TOO_SLOW =
            new Refusal(HttpResponseStatus.REQUEST_TIMEOUT, "the request's body did not come in time");
    static final Refusal NO_ENDPOINT =
            new Refusal(HttpResponseStatus.SERVICE_UNAVAILABLE, "the service has no endpoint that is ready");
    static final Refusal NOT_CONNECTED =
            new Refusal(HttpResponseStatus.BAD_GATEWAY, "no endpoint of the service takes connections");
    static final Refusal CONNECT_TIMEOUT =
            new Refusal(HttpResponseStatus.GATEWAY_TIMEOUT, "no endpoint of the service took a connection in time");
    static final Refusal BROKEN =
            new Refusal(HttpResponseStatus.BAD_GATEWAY, "the endpoint closed the connection without an answer");
    static final Refusal NO_HTTP = new Refusal(HttpResponseStatus.BAD_GATEWAY, "the endpoint's answer is no HTTP/1.1");
    static final Refusal SILENT =
            new Refusal(HttpResponseStatus.GATEWAY_TIMEOUT, "the endpoint did not answer in time");

    static Refusal bad(String text) {
        return new Refusal(HttpResponseStatus.BAD_REQUEST, text);
    }

    /// What a client is told whose bytes are no request.
    static Refusal malformed(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request's line is too long");
            case TooLongHttpHeaderException _ ->
                new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the request's header is too large");
            default -> bad("malformed HTTP request");
        };
    }
}
