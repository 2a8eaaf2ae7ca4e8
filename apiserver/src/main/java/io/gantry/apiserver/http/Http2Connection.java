package io.gantry.apiserver.http;

import io.gantry.api.StatusException;
import io.gantry.component.netty.EvenStreams;
import io.gantry.component.netty.HeadFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.AsciiString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection: reads whole requests off the frames. Runs on the event loop.
final class Http2Connection extends Http2ConnectionHandler {
    private static final byte[] EMPTY = new byte[0];

    private final Dispatcher dispatcher;
    private final Optional<X509Certificate[]> certificates;
    private final Http2Connection.Key key;
    private final Departures departures = new Departures(this::flushNow);
    private @Nullable ConnectionWatch watch;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Duration leaving;

    private Http2Connection(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            Dispatcher dispatcher,
            Optional<X509Certificate[]> certificates,
            Key key) {
        super(decoder, encoder, settings);
        this.dispatcher = dispatcher;
        this.certificates = certificates;
        this.key = key;
    }

    private record Key(
            io.netty.handler.codec.http2.Http2Connection.PropertyKey incoming,
            io.netty.handler.codec.http2.Http2Connection.PropertyKey exchange) {}

    static Http2Connection create(Dispatcher dispatcher, Optional<X509Certificate[]> certificates) {
        return new Builder(dispatcher, certificates).build();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        watch = new ConnectionWatch(context, this::breakStalled);
        this.context = context;
        var connection = connection();
        connection
                .local()
                .flowController()
                .incrementWindowSize(connection.connectionStream(), HttpLimits.HTTP2_CONNECTION_WINDOW_BYTES);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == Drain.NOW) {
            leave(context, HttpLimits.LINGER_STOPPING);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    /// Sends GOAWAY: the client opens no new streams. The connection closes when it has been without streams for a
    /// while, for requests may be on their way.
    private void leave(ChannelHandlerContext context, Duration linger) {
        if (leaving == null) {
            leaving = linger;
            goAway(context, Integer.MAX_VALUE, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, context.newPromise());
            context.flush();
            closeWhenIdle();
        }
    }

    private void closeWhenIdle() {
        Duration linger = leaving;
        ChannelHandlerContext here = context;
        if (linger != null && here != null && connection().numActiveStreams() == 0) {
            here.executor()
                    .schedule(
                            () -> {
                                if (connection().numActiveStreams() == 0) {
                                    here.channel().close();
                                }
                            },
                            linger.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        connectionWatch().stop();
        super.channelInactive(context);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        connectionWatch().stop();
        super.handlerRemoved0(context);
    }

    private ConnectionWatch connectionWatch() {
        if (watch == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return watch;
    }

    /// A request that is being read.
    private static final class Incoming {
        private final Http2Headers head;
        private @Nullable ByteArrayOutputStream body;
        private boolean refused;
        private int reserved;

        Incoming(Http2Headers head) {
            this.head = head;
        }
    }

    private void headers(ChannelHandlerContext context, int id, Http2Headers headers, boolean end) {
        Http2Stream stream = connection().stream(id);
        Incoming incoming = stream.getProperty(key.incoming());
        if (incoming == null) {
            connectionWatch().requestStarted(id);
            incoming = new Incoming(headers);
            stream.setProperty(key.incoming(), incoming);
        }
        if (end) {
            complete(context, stream, incoming);
        }
    }

    private void data(ChannelHandlerContext context, int id, ByteBuf data, boolean end) {
        Http2Stream stream = connection().stream(id);
        Incoming incoming = stream == null ? null : stream.getProperty(key.incoming());
        if (incoming == null || incoming.refused) {
            return;
        }
        int bytes = data.readableBytes();
        if (incoming.body == null) {
            incoming.body = new ByteArrayOutputStream(Math.max(bytes, 512));
        }
        if (incoming.body.size() + bytes > HttpLimits.BODY_BYTES) {
            refuse(
                    context,
                    stream,
                    incoming,
                    StatusException.tooLarge("Request entity too large: limit is " + HttpLimits.BODY_BYTES));
            return;
        }
        if (!dispatcher.bodies().tryTake(bytes)) {
            refuse(context, stream, incoming, Errors.noMemory());
            return;
        }
        incoming.reserved += bytes;
        try {
            data.readBytes(incoming.body, bytes);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        if (end) {
            complete(context, stream, incoming);
        }
    }

    private void refuse(ChannelHandlerContext context, Http2Stream stream, Incoming incoming, StatusException why) {
        incoming.refused = true;
        incoming.body = null;
        connectionWatch().requestAbandoned(stream.id());
        new Http2Exchange(this, context, stream, false).send(Errors.status(why));
    }

    private void complete(ChannelHandlerContext context, Http2Stream stream, Incoming incoming) {
        stream.removeProperty(key.incoming());
        connectionWatch().requestComplete(stream.id());
        Http2Headers source = incoming.head;
        Headers.Builder headers = new Headers.Builder();
        if (source.authority() != null) {
            headers.addLower("host", source.authority().toString());
        }
        for (Map.Entry<CharSequence, CharSequence> header : source) {
            if (header.getKey().charAt(0) != ':') {
                headers.addLower(header.getKey().toString(), header.getValue().toString());
            }
        }
        CharSequence method = source.method();
        CharSequence path = source.path();
        RequestHead head = RequestHead.of(
                method == null ? "GET" : method.toString(),
                path == null ? "/" : path.toString(),
                headers.build(),
                (InetSocketAddress) context.channel().remoteAddress());
        Http2Exchange exchange =
                new Http2Exchange(this, context, stream, head.method().equals("HEAD"));
        stream.setProperty(key.exchange(), exchange);
        byte[] body = incoming.body == null ? EMPTY : incoming.body.toByteArray();
        int reserved = incoming.reserved;
        if (reserved > 0) {
            exchange.whenEnded(() -> dispatcher.bodies().give(reserved));
        }
        if (dispatcher.sendsAway()) {
            leave(context, HttpLimits.LINGER);
        }
        dispatcher.dispatch(new Request(head, body, certificates, exchange), exchange);
    }

    /// Of streams that send the same event.
    Departures departures() {
        return departures;
    }

    /// Sends what was written at once. [#flush] waits for what else the loop has to do (flushes are consolidated).
    private void flushNow() {
        ChannelHandlerContext here = context;
        if (here == null) {
            return;
        }
        try {
            encoder().flowController().writePendingBytes();
            ChannelHandlerContext consolidation = here.pipeline().context(FlushConsolidationHandler.class);
            (consolidation == null ? here : consolidation).flush();
        } catch (Http2Exception e) {
            onError(here, true, e);
        }
    }

    LargeBodies large() {
        return dispatcher.large();
    }

    private void streamClosed(Http2Stream stream) {
        Incoming incoming = stream.removeProperty(key.incoming());
        if (incoming != null) {
            if (incoming.reserved > 0) {
                dispatcher.bodies().give(incoming.reserved);
            }
            connectionWatch().requestAbandoned(stream.id());
        }
        Http2Exchange exchange = stream.removeProperty(key.exchange());
        if (exchange != null) {
            connectionWatch().responseDone();
            exchange.closed();
        }
        closeWhenIdle();
    }

    /// Breaks the streams off whose windows the client keeps closed.
    ///
    /// @param now as [System#nanoTime()]
    void breakStalled(long now) {
        ChannelHandlerContext here = context;
        if (here == null) {
            return;
        }
        List<Integer> stalled = new ArrayList<>();
        try {
            connection().forEachActiveStream(stream -> {
                Http2Exchange exchange = stream.getProperty(key.exchange());
                if (exchange != null && exchange.stalled(now)) {
                    stalled.add(stream.id());
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException("looking at streams", e);
        }
        stalled.forEach(id -> reset(here, id));
    }

    /// Breaks one stream off.
    void reset(ChannelHandlerContext context, int streamId) {
        resetStream(context, streamId, Http2Error.INTERNAL_ERROR.code(), context.newPromise());
        flush(context);
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Connection, Builder> {
        private final Dispatcher dispatcher;
        private final Optional<X509Certificate[]> certificates;

        Builder(Dispatcher dispatcher, Optional<X509Certificate[]> certificates) {
            this.dispatcher = dispatcher;
            this.certificates = certificates;
            connection(EvenStreams.ofServer());
            gracefulShutdownTimeoutMillis(0);
            decoderEnforceMaxRstFramesPerWindow(HttpLimits.HTTP2_RESETS, HttpLimits.HTTP2_RESETS_WINDOW_SECONDS);
            headerSensitivityDetector(Builder::isUnique);
            initialSettings()
                    .maxConcurrentStreams(HttpLimits.HTTP2_STREAMS)
                    .initialWindowSize(HttpLimits.HTTP2_WINDOW_BYTES)
                    .maxHeaderListSize(HttpLimits.HEADER_BYTES);
        }

        /// What differs from answer to answer must not push what repeats out of the compression's table.
        private static boolean isUnique(CharSequence name, CharSequence value) {
            return switch (name.length()) {
                case 8 -> AsciiString.contentEquals(name, "audit-id");
                case 14 -> AsciiString.contentEquals(name, "content-length");
                default -> false;
            };
        }

        @Override
        protected Http2Connection build() {
            return super.build();
        }

        @Override
        protected Http2Connection build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            Key key = new Key(connection().newKey(), connection().newKey());
            Http2Connection handler = new Http2Connection(decoder, encoder, settings, dispatcher, certificates, key);
            connection().addListener(new Http2ConnectionAdapter() {
                @Override
                public void onStreamClosed(Http2Stream stream) {
                    handler.streamClosed(stream);
                }
            });
            frameListener(new Frames(handler));
            return handler;
        }
    }

    private static final class Frames extends HeadFrames {
        private final Http2Connection handler;

        Frames(Http2Connection handler) {
            this.handler = handler;
        }

        @Override
        protected void head(ChannelHandlerContext context, int id, Http2Headers headers, boolean end) {
            handler.headers(context, id, headers, end);
        }

        @Override
        public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
            int bytes = data.readableBytes() + padding;
            handler.data(context, id, data, end);
            return bytes;
        }
    }
}
