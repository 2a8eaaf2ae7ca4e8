package io.gantry.ingress.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Optional;

/// What a request must not be, beyond what the decoder refuses. Pure.
final class RequestCheck {
    private RequestCheck() {}

    static Optional<Refusal> refusal(HttpRequest request) {
        HttpHeaders headers = request.headers();
        boolean old = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        if (request.protocolVersion().majorVersion() != 1) {
            return Optional.of(new Refusal(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "this version of HTTP is not supported"));
        }
        List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!encodings.isEmpty()) {
            if (old || headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
                return Optional.of(Refusal.bad("Transfer-Encoding where it must not be"));
            }
            if (encodings.size() > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst())) {
                return Optional.of(Refusal.bad("of transfer encodings only chunked is known"));
            }
        }
        int hosts = headers.getAll(HttpHeaderNames.HOST).size();
        if (hosts > 1 || (hosts == 0 && !old)) {
            return Optional.of(Refusal.bad("a request has one Host"));
        }
        if (request.method().equals(HttpMethod.CONNECT) || request.method().equals(HttpMethod.TRACE)) {
            return Optional.of(new Refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, request.method() + " is not served"));
        }
        return Optional.empty();
    }
}
