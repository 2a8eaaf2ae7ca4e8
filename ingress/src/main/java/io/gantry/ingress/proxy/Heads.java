package io.gantry.ingress.proxy;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// The heads that are passed on. Headers are those that came, without those of one connection. Pure, but for the
/// request's number.
final class Heads {
    private static final AsciiString FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString FORWARDED_SCHEME = AsciiString.cached("x-forwarded-scheme");
    private static final AsciiString FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
    private static final AsciiString FORWARDED_PORT = AsciiString.cached("x-forwarded-port");
    private static final AsciiString REAL_IP = AsciiString.cached("x-real-ip");
    private static final AsciiString SCHEME = AsciiString.cached("x-scheme");
    private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

    /// Netty's own, beside what HTTP/2 says.
    private static final List<AsciiString> OF_HTTP2 = List.of(
            AsciiString.cached("x-http2-scheme"),
            AsciiString.cached("x-http2-path"),
            AsciiString.cached("x-http2-stream-id"),
            AsciiString.cached("x-http2-stream-weight"),
            AsciiString.cached("x-http2-stream-dependency-id"));

    private Heads() {}

    /// The request as an endpoint gets it.
    ///
    /// @param target its path and query
    static HttpRequest request(HttpRequest from, RequestFacts facts, Arrival arrival, String target) {
        HttpHeaders headers = withoutHops(from.headers());
        dropUnderscores(headers);
        headers.remove(HttpHeaderNames.EXPECT);
        headers.remove(HttpHeaderNames.TE);
        OF_HTTP2.forEach(headers::remove);
        if (facts.length() < 0) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        } else if (from.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, facts.length());
        }
        if (facts.upgrades()) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
            headers.set(HttpHeaderNames.UPGRADE, from.headers().get(HttpHeaderNames.UPGRADE));
        }
        forward(headers, facts, arrival);
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, facts.method(), target, headers);
    }

    /// What a client says of others before it is not believed: anybody can say it.
    private static void forward(HttpHeaders headers, RequestFacts facts, Arrival arrival) {
        headers.set(HttpHeaderNames.HOST, facts.host());
        headers.set(FORWARDED_FOR, arrival.client());
        headers.set(REAL_IP, arrival.client());
        headers.set(FORWARDED_HOST, facts.host());
        headers.set(FORWARDED_PORT, Integer.toString(arrival.port()));
        headers.set(FORWARDED_PROTO, arrival.scheme());
        headers.set(FORWARDED_SCHEME, arrival.scheme());
        headers.set(SCHEME, arrival.scheme());
        if (!headers.contains(REQUEST_ID)) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            HexFormat hex = HexFormat.of();
            headers.set(REQUEST_ID, hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()));
        }
    }

    /// As nginx does: to CGI and its kin `X_Real_IP` and `X-Real-IP` are one.
    private static void dropUnderscores(HttpHeaders headers) {
        List<String> dropped = new ArrayList<>(0);
        var entries = headers.iteratorCharSequence();
        while (entries.hasNext()) {
            CharSequence name = entries.next().getKey();
            if (AsciiString.indexOf(name, '_', 0) >= 0) {
                dropped.add(name.toString());
            }
        }
        dropped.forEach(headers::remove);
    }

    /// The answer as a client gets it, but for `Connection`.
    static HttpResponse response(HttpResponse from, RequestFacts facts, Arrival arrival) {
        HttpHeaders headers = withoutHops(from.headers());
        boolean chunked = from.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        if (chunked) {
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        }
        boolean known = headers.contains(HttpHeaderNames.CONTENT_LENGTH) || isBodiless(from.status(), facts);
        if (!known && !arrival.stream() && !facts.old()) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, from.status(), headers);
    }

    /// The answer that makes a connection a tunnel.
    static HttpResponse upgraded(HttpResponse from) {
        HttpHeaders headers = withoutHops(from.headers());
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(HttpHeaderNames.UPGRADE, from.headers().getAll(HttpHeaderNames.UPGRADE));
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, from.status(), headers);
    }

    /// Whether the client sees the answer's end without that of the connection.
    static boolean endsByItself(HttpResponse made, RequestFacts facts) {
        return made.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || made.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || isBodiless(made.status(), facts);
    }

    private static boolean isBodiless(HttpResponseStatus status, RequestFacts facts) {
        return facts.isHead() || status.code() == 204 || status.code() == 304;
    }

    private static HttpHeaders withoutHops(HttpHeaders from) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        headers.add(from);
        for (String names : from.getAll(HttpHeaderNames.CONNECTION)) {
            for (String name : names.split(",")) {
                if (!name.isBlank()) {
                    headers.remove(name.strip());
                }
            }
        }
        if (from.contains(HttpHeaderNames.CONTENT_LENGTH)) { // no hop, whatever Connection says
            headers.set(HttpHeaderNames.CONTENT_LENGTH, from.get(HttpHeaderNames.CONTENT_LENGTH));
        }
        headers.remove(HttpHeaderNames.CONNECTION);
        headers.remove(KEEP_ALIVE);
        headers.remove(PROXY_CONNECTION);
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        headers.remove(HttpHeaderNames.UPGRADE);
        return headers;
    }
}
