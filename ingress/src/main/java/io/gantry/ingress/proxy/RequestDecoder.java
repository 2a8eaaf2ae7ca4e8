package io.gantry.ingress.proxy;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/// Refuses a request whose length is said twice: what is before us and what is behind us may believe one or the other
/// (request smuggling, RFC 9112 section 6.1).
final class RequestDecoder extends HttpRequestDecoder {
    RequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(ProxyLimits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(ProxyLimits.HEADER_BYTES)
                .setMaxChunkSize(ProxyLimits.PIECE_BYTES));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
