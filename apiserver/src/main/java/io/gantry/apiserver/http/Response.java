package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/// What a handler answers.
public sealed interface Response {
    String JSON = "application/json";

    int status();

    Headers headers();

    /// The same with one more header field.
    Response with(String name, String value);

    /// The same with more header fields.
    Response withAll(Headers more);

    /// A body known at once. The transport releases the buffer.
    record Whole(int status, Headers headers, ByteBuf body) implements Response {
        @Override
        public Whole withAll(Headers more) {
            return new Whole(status, headers.withAll(more), body);
        }

        @Override
        public Whole with(String name, String value) {
            return new Whole(status, headers.with(name, value), body);
        }
    }

    /// A body that comes piece by piece: `source` is called once with the open stream, on any thread.
    record Streamed(int status, Headers headers, Consumer<ResponseStream> source) implements Response {
        @Override
        public Streamed withAll(Headers more) {
            return new Streamed(status, headers.withAll(more), source);
        }

        @Override
        public Streamed with(String name, String value) {
            return new Streamed(status, headers.with(name, value), source);
        }
    }

    /// The connection leaves HTTP (HTTP/1.1 only): `source` gets the raw connection after nothing was written; it
    /// writes the answer itself.
    record Upgraded(Consumer<RawConnection> source) implements Response {
        @Override
        public int status() {
            return 101;
        }

        @Override
        public Headers headers() {
            return Headers.NONE;
        }

        @Override
        public Upgraded withAll(Headers more) {
            return this;
        }

        @Override
        public Upgraded with(String name, String value) {
            return this;
        }
    }

    /// A whole answer with a content type.
    static Whole of(int status, String contentType, byte[] body) {
        return new Whole(status, Headers.of("content-type", contentType), Unpooled.wrappedBuffer(body));
    }

    /// 200 with JSON.
    static Whole json(byte[] body) {
        return of(200, JSON, body);
    }

    /// An answer without a body.
    static Whole empty(int status, Headers headers) {
        return new Whole(status, headers, Unpooled.EMPTY_BUFFER);
    }
}
