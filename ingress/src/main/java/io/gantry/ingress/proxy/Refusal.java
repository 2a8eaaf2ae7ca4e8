package io.gantry.ingress.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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

    /// The answer; how the connection goes on is not said there yet.
    ///
    /// @param location of a redirect
    /// @param withBody false leaves out the text, but not its length
    FullHttpResponse response(Optional<String> location, boolean withBody) {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuf body = withBody ? Unpooled.wrappedBuffer(line) : Unpooled.EMPTY_BUFFER;
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, line.length);
        location.ifPresent(to -> response.headers().set(HttpHeaderNames.LOCATION, to));
        return response;
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
