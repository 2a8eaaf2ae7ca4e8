package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/// The answer of one HTTP/2 request.
final class Http2Exchange extends HttpExchange {
    private final Http2Connection connection;
    private final Http2Stream stream;
    /// The head of an open answer until it is written. Bytes may come to the loop before the task that writes the head
    /// (with what other streams of the connection have to send), so whoever writes first writes it.
    private @Nullable Http2Headers head;

    Http2Exchange(Http2Connection connection, ChannelHandlerContext context, Http2Stream stream, boolean headOnly) {
        super(context, headOnly);
        this.connection = connection;
        this.stream = stream;
    }

    @Override
    public void send(Response.Whole response) {
        onLoop(() -> {
            ByteBuf body = response.body();
            if (gone()) {
                body.release();
                return;
            }
            Http2Headers headers = headers(response.status(), response.headers());
            headers.setInt("content-length", body.readableBytes());
            boolean bodyless = headOnly || !body.isReadable();
            connection.encoder().writeHeaders(context, stream.id(), headers, 0, bodyless, context.newPromise());
            if (bodyless) {
                body.release();
            } else if (LargeBodies.isLarge(body)) {
                connection.large().send(context.executor(), body, this::slice);
            } else {
                connection.large().small();
                int count = body.readableBytes();
                pending.add(count);
                connection
                        .encoder()
                        .writeData(context, stream.id(), body, 0, true, context.newPromise())
                        .addListener(f -> pending.done(count));
            }
            connection.flush(context);
        });
    }

    private ChannelFuture slice(ByteBuf bytes, boolean last) {
        ChannelFuture written =
                connection.encoder().writeData(context, stream.id(), bytes, 0, last, context.newPromise());
        connection.flush(context);
        return written;
    }

    @Override
    public ResponseStream open(int status, Headers headers) {
        head = headers(status, headers);
        onLoop(() -> {
            if (!gone()) {
                writeHead();
                connection.flush(context);
            }
        });
        return this;
    }

    private void writeHead() {
        Http2Headers waiting = head;
        if (waiting != null) {
            head = null;
            connection.encoder().writeHeaders(context, stream.id(), waiting, 0, false, context.newPromise());
        }
    }

    @Override
    public boolean canUpgrade() {
        return false;
    }

    @Override
    public void upgrade(Response.Upgraded response) {
        throw new IllegalStateException("HTTP/2 connections cannot be taken over");
    }

    private boolean gone() {
        return pending.isClosed()
                || !context.channel().isActive()
                || connection.connection().stream(stream.id()) == null;
    }

    private static Http2Headers headers(int status, Headers source) {
        DefaultHttp2Headers headers = new DefaultHttp2Headers(false);
        headers.status(Integer.toString(status));
        source.forEach((name, value) -> {
            if (!name.equals("connection") && !name.equals("transfer-encoding") && !name.equals("content-length")) {
                headers.add(name, value);
            }
        });
        return headers;
    }

    @Override
    void writeOnLoop(ByteBuf bytes, int count) {
        if (gone()) {
            bytes.release();
            return;
        }
        writeHead();
        connection
                .encoder()
                .writeData(context, stream.id(), bytes, 0, false, context.newPromise())
                .addListener(f -> pending.done(count));
        if (!connection.departures().running()) {
            connection.flush(context);
        }
    }

    @Override
    public void soon(Runnable action) {
        connection.departures().add(context.executor(), action);
    }

    @Override
    public void end() {
        onLoop(() -> {
            if (!gone()) {
                writeHead();
                connection
                        .encoder()
                        .writeData(context, stream.id(), Unpooled.EMPTY_BUFFER, 0, true, context.newPromise());
                connection.flush(context);
            }
        });
    }

    @Override
    public void abort() {
        onLoop(() -> {
            if (!gone()) {
                connection.reset(context, stream.id());
            }
        });
    }

    /// Whether the client takes nothing of what waits for it.
    boolean stalled(long now) {
        return pending.stalled(now, HttpLimits.WRITE_STALL);
    }

    /// The stream is over, by whom ever.
    void closed() {
        pending.close();
    }
}
