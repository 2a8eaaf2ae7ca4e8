package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Compresses large answers for clients that ask, as upstream does (`endpoints/handlers/responsewriters`).
final class Gzip {
    /// Smaller bodies go out as they are.
    private static final int THRESHOLD_BYTES = 128 * 1024;

    private Gzip() {}

    static boolean wanted(Request request, Response response) {
        return response instanceof Response.Whole whole
                && whole.body().readableBytes() >= THRESHOLD_BYTES
                && whole.headers().get("content-encoding") == null
                && request.head().header("accept-encoding").orElse("").contains("gzip");
    }

    /// Takes over the body.
    static Response.Whole apply(Response.Whole whole) {
        ByteBuf source = whole.body();
        ByteBuf target = Unpooled.buffer(source.readableBytes() / 4);
        try (OutputStream out = new FastGzip(new ByteBufOutputStream(target))) {
            source.readBytes(out, source.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            source.release();
        }
        Headers headers = whole.headers().with("content-encoding", "gzip").with("vary", "Accept-Encoding");
        return new Response.Whole(whole.status(), headers, target);
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 16 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
