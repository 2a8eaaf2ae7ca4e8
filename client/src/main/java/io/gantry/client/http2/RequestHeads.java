package io.gantry.client.http2;

import io.gantry.client.http.Call;
import io.gantry.client.http.Identity;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/// The heads of requests to one server.
final class RequestHeads {
    private static final AsciiString HTTPS = AsciiString.cached("https");
    private static final AsciiString PATH = AsciiString.cached(":path");
    private static final AsciiString LENGTH = AsciiString.cached("content-length");
    private static final AsciiString USER_AGENT = AsciiString.cached("user-agent");
    private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
    private static final AsciiString ACCEPT = AsciiString.cached("accept");
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    private static final int FIELDS = 16;

    private final AsciiString authority;
    private final String basePath;
    private final AsciiString userAgent;
    private final AsciiString authorization;

    RequestHeads(URI server, Identity identity) {
        String path = server.getRawPath();
        this.authority = new AsciiString(server.getRawAuthority());
        this.basePath = path == null ? "" : path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        this.userAgent = new AsciiString(identity.userAgent());
        this.authorization =
                identity.token().isEmpty() ? AsciiString.EMPTY_STRING : new AsciiString("Bearer " + identity.token());
    }

    Http2Headers of(Call call) {
        Http2Headers head = new DefaultHttp2Headers(false, FIELDS)
                .method(call.method())
                .scheme(HTTPS)
                .authority(authority)
                .path(basePath + call.path())
                .add(USER_AGENT, userAgent);
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            head.add(name(header.getKey()), header.getValue());
        }
        if (!authorization.isEmpty()) {
            head.add(AUTHORIZATION, authorization);
        }
        if (call.body().length > 0) {
            head.add(LENGTH, Integer.toString(call.body().length));
        }
        return head;
    }

    private static CharSequence name(String name) {
        return switch (name) {
            case "Accept" -> ACCEPT;
            case "Content-Type" -> CONTENT_TYPE;
            default -> name.toLowerCase(Locale.ROOT);
        };
    }

    /// What differs from request to request must not push what repeats out of the compression's table.
    static boolean passes(CharSequence name, CharSequence value) {
        return PATH.contentEquals(name) || LENGTH.contentEquals(name);
    }
}
