package io.gantry.benchmarks.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection. All of it runs on its event loop.
final class Connection extends Http2ConnectionHandler {
    private static final int STREAM_WINDOW_BYTES = 8 * 1024 * 1024;
    private static final int CONNECTION_WINDOW_BYTES = 32 * 1024 * 1024;

    private record Waiting(Call call, Receiver receiver) {}

    private final Target target;
    private final Http2Connection.PropertyKey receivers;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private boolean reading;
    private boolean dirty;

    private Connection(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings, Target target) {
        super(decoder, encoder, settings);
        this.target = target;
        this.receivers = connection().newKey();
    }

    static Connection create(Target target) {
        return new Builder(target).build();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        super.handlerAdded(added);
        context = added;
        var connection = connection();
        connection.local().flowController().incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW_BYTES);
    }

    /// Sends, or waits until the server's limit of streams allows it. On the event loop.
    void send(Call call, Receiver receiver) {
        ChannelHandlerContext to = context;
        if (to == null || !to.channel().isActive()) {
            receiver.failed("the connection is closed");
            return;
        }
        if (!connection().local().canOpenStream()) {
            waiting.add(new Waiting(call, receiver));
            return;
        }
        int id = connection().local().incrementAndGetNextStreamId();
        boolean end = call.body().length == 0;
        encoder().writeHeaders(to, id, headers(call), 0, end, to.newPromise());
        Http2Stream stream = connection().stream(id);
        if (stream == null) {
            receiver.failed("the stream could not be opened");
            return;
        }
        stream.setProperty(receivers, receiver);
        if (!end) {
            encoder().writeData(to, id, Unpooled.wrappedBuffer(call.body()), 0, true, to.newPromise());
        }
        dirty = true;
        if (!reading) {
            flushNow(to);
        }
    }

    /// Ends one request without waiting for its answer.
    void cancel(Receiver receiver) throws Http2Exception {
        ChannelHandlerContext to = context;
        if (to == null) {
            return;
        }
        connection().forEachActiveStream(stream -> {
            if (receiver.equals(stream.getProperty(receivers))) {
                stream.removeProperty(receivers);
                resetStream(to, stream.id(), Http2Error.CANCEL.code(), to.newPromise());
            }
            return true;
        });
        flush(to);
    }

    private void flushNow(ChannelHandlerContext to) {
        dirty = false;
        flush(to);
    }

    @Override
    public void channelRead(ChannelHandlerContext read, Object message) throws Exception {
        reading = true;
        super.channelRead(read, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext read) throws Exception {
        reading = false;
        if (dirty) {
            dirty = false;
            flush(read);
        }
        super.channelReadComplete(read);
    }

    private Http2Headers headers(Call call) {
        Http2Headers headers = new DefaultHttp2Headers(false, 8)
                .method(call.method())
                .scheme(target.tls().isPresent() ? "https" : "http")
                .authority(target.authority())
                .path(target.basePath() + call.path());
        headers.add("user-agent", "gantry-bench");
        add(headers, "accept", call.accept());
        add(headers, "content-type", call.contentType());
        add(headers, "authorization", target.authorization());
        if (call.contentType().equals("application/grpc")) {
            headers.add("te", "trailers");
        }
        if (call.gzip()) {
            headers.add("accept-encoding", "gzip");
        }
        return headers;
    }

    private static void add(Http2Headers headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.add(name, value);
        }
    }

    private @Nullable Receiver receiver(int id) {
        Http2Stream stream = connection().stream(id);
        return stream == null ? null : stream.getProperty(receivers);
    }

    private void head(int id, Http2Headers headers, boolean end) {
        Receiver receiver = receiver(id);
        if (receiver != null && headers.status() != null) {
            receiver.head(Integer.parseInt(headers.status().toString()));
        }
        if (end) {
            ended(id);
        }
    }

    private void ended(int id) {
        Http2Stream stream = connection().stream(id);
        Receiver receiver = stream == null ? null : stream.removeProperty(receivers);
        if (receiver != null) {
            receiver.end();
        }
    }

    private void closed(Http2Stream stream) {
        Receiver receiver = stream.removeProperty(receivers);
        if (receiver != null) {
            receiver.failed("the server broke the stream off");
        }
        Waiting next = waiting.poll();
        if (next != null && context != null) {
            context.executor().execute(() -> send(next.call(), next.receiver()));
        }
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Connection, Builder> {
        private final Target target;

        Builder(Target target) {
            this.target = target;
            connection(new DefaultHttp2Connection(false));
            gracefulShutdownTimeoutMillis(0);
            initialSettings().initialWindowSize(STREAM_WINDOW_BYTES).pushEnabled(false);
        }

        @Override
        protected Connection build() {
            return super.build();
        }

        @Override
        protected Connection build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            Connection handler = new Connection(decoder, encoder, settings, target);
            connection().addListener(new Http2ConnectionAdapter() {
                @Override
                public void onStreamClosed(Http2Stream stream) {
                    handler.closed(stream);
                }
            });
            frameListener(new Frames(handler));
            return handler;
        }
    }

    private static final class Frames extends MessageFrames {
        private final Connection handler;

        Frames(Connection handler) {
            this.handler = handler;
        }

        @Override
        protected void head(ChannelHandlerContext context, int id, Http2Headers headers, boolean end) {
            handler.head(id, headers, end);
        }

        @Override
        protected void data(ChannelHandlerContext context, int id, ByteBuf data, boolean end) {
            Receiver receiver = handler.receiver(id);
            if (receiver != null) {
                receiver.data(data);
            }
            if (end) {
                handler.ended(id);
            }
        }
    }
}
