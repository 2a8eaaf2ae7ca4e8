package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compresses large answers for clients that ask, as upstream does (`endpoints/handlers/responsewriters`). They leave
/// while they are compressed, as fast as the client reads, so that none is in memory as a whole.
public final class Gzip {
    private static final Logger LOG = LoggerFactory.getLogger(Gzip.class);

    /// Smaller bodies go out as they are.
    private static final int THRESHOLD_BYTES = 128 * 1024;

    /// Compressed at a time; takes half a millisecond.
    private static final int INPUT_BYTES = 64 * 1024;

    private static final int OUTPUT_BYTES = 64 * 1024;

    private static final Pattern REFUSED = Pattern.compile("q\\s*=\\s*0(\\.0*)?");

    private Gzip() {}

    /// Whether a client takes gzip: it names it, and does not say that it is worth nothing.
    ///
    /// @param acceptEncoding the header, empty where there is none
    public static boolean accepted(String acceptEncoding) {
        for (String each : acceptEncoding.split(",", -1)) {
            String[] parts = each.split(";", -1);
            if (parts[0].strip().equalsIgnoreCase("gzip")) {
                return parts.length < 2 || !REFUSED.matcher(parts[1].strip()).matches();
            }
        }
        return false;
    }

    static boolean wanted(Request request, Response response) {
        return response instanceof Response.Whole whole
                && whole.body().readableBytes() >= THRESHOLD_BYTES
                && whole.headers().get("content-encoding") == null
                && accepted(request.head().header("accept-encoding").orElse(""));
    }

    /// Takes over the body. What it gives is to be sent on a virtual thread.
    ///
    /// @param large knows when others need the processor
    static Response.Streamed apply(Response.Whole whole, LargeBodies large) {
        Headers headers = whole.headers().with("content-encoding", "gzip").with("vary", "Accept-Encoding");
        return new Response.Streamed(whole.status(), headers, stream -> send(whole.body(), stream, large));
    }

    private static void send(ByteBuf body, ResponseStream stream, LargeBodies large) {
        large.begin();
        try (OutputStream out = new FastGzip(new Output(stream))) {
            while (body.isReadable()) {
                body.readBytes(out, Math.min(INPUT_BYTES, body.readableBytes()));
                large.letOthersWork();
            }
        } catch (IOException e) {
            LOG.debug("a compressed answer broke off", e);
            stream.abort();
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stream.abort();
            return;
        } finally {
            large.end();
            body.release();
        }
        stream.end();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 16 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /// Writes to a stream as fast as it takes bytes.
    private static final class Output extends OutputStream {
        private final ResponseStream stream;
        private final byte[] buffer = new byte[OUTPUT_BYTES];
        private int filled;

        Output(ResponseStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                int count = Math.min(left, buffer.length - filled);
                System.arraycopy(bytes, from, buffer, filled, count);
                filled += count;
                from += count;
                left -= count;
                if (filled == buffer.length) {
                    pass();
                }
            }
        }

        @Override
        public void close() throws IOException {
            pass();
        }

        private void pass() throws IOException {
            stream.write(Unpooled.wrappedBuffer(Arrays.copyOf(buffer, filled)));
            filled = 0;
            try {
                if (!stream.awaitWritable()) {
                    throw new IOException("the client left");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the server is shutting down");
            }
        }
    }
}
