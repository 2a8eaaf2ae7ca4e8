package io.gantry.ingress.proxy;

import io.gantry.ingress.route.HostName;
import io.gantry.ingress.route.RequestPath;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import java.util.Set;

/// What a request's head says, as far as it decides how it is served.
///
/// @param host as the client wrote it, with its port
/// @param hostName by which routes are chosen
/// @param target `/path?query`
/// @param path the target's, in normal form
/// @param length of the body; -1 when it is chunked
/// @param keepAlive whether the client wants its connection again
/// @param old whether it speaks HTTP/1.0
record RequestFacts(
        HttpMethod method,
        String host,
        String hostName,
        String target,
        String path,
        long length,
        boolean keepAlive,
        boolean old,
        boolean expectsContinue,
        boolean upgrades) {
    private static final int SHORT_BYTES = 64 * 1024;

    /// Those that may be sent twice (RFC 9110, section 9.2.2).
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    /// @param stream whether it came over HTTP/2, where nothing is upgraded
    /// @return empty when the target makes no sense
    static Optional<RequestFacts> of(HttpRequest request, boolean stream) {
        String target = request.uri();
        String host = request.headers().get(HttpHeaderNames.HOST, "");
        String lower = target.regionMatches(true, 0, "http://", 0, 7)
                ? target.substring(7)
                : target.regionMatches(true, 0, "https://", 0, 8) ? target.substring(8) : "";
        if (!lower.isEmpty()) { // the absolute form names the host, whatever the header says
            int slash = lower.indexOf('/');
            host = slash < 0 ? lower : lower.substring(0, slash);
            target = slash < 0 ? "/" : lower.substring(slash);
        }
        if (target.equals("*") && request.method().equals(HttpMethod.OPTIONS)) {
            target = "/";
        }
        Optional<String> path = RequestPath.normal(target);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        boolean chunked = request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
        long length = chunked ? -1 : HttpUtil.getContentLength(request, 0L);
        return Optional.of(new RequestFacts(
                request.method(),
                host,
                HostName.of(host),
                target,
                path.get(),
                length,
                HttpUtil.isKeepAlive(request),
                request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0,
                HttpUtil.is100ContinueExpected(request),
                !stream
                        && length == 0
                        && request.headers().contains(HttpHeaderNames.UPGRADE)
                        && request.headers()
                                .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)));
    }

    boolean hasBody() {
        return length != 0;
    }

    /// Whether its body is worth reading although nobody wants it.
    boolean isShort() {
        return length >= 0 && length <= SHORT_BYTES;
    }

    boolean isHead() {
        return method.equals(HttpMethod.HEAD);
    }

    /// Whether it can be sent to another endpoint although one may have seen it.
    boolean isRepeatable() {
        return !hasBody() && !upgrades && IDEMPOTENT.contains(method);
    }
}
