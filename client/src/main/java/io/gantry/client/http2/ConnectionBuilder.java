package io.gantry.client.http2;

import io.gantry.component.netty.EvenStreams;
import io.gantry.component.netty.HeadFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.EventExecutor;

/// Sets a connection up, and brings it what comes.
final class ConnectionBuilder extends AbstractHttp2ConnectionHandlerBuilder<ClientConnection, ConnectionBuilder> {
    private static final int MAX_HEAD_BYTES = 256 * 1024;

    private final EventExecutor loop;
    private final RequestHeads heads;
    private final Patience patience;

    ConnectionBuilder(EventExecutor loop, RequestHeads heads, Patience patience) {
        this.loop = loop;
        this.heads = heads;
        this.patience = patience;
        connection(EvenStreams.ofClient());
        gracefulShutdownTimeoutMillis(0);
        validateHeaders(false);
        headerSensitivityDetector(RequestHeads::passes);
        encoderEnforceMaxRstFramesPerWindow(0, 0);
        initialSettings()
                .pushEnabled(false)
                .initialWindowSize(ClientConnection.STREAM_WINDOW)
                .maxHeaderListSize(MAX_HEAD_BYTES);
    }

    @Override
    protected ClientConnection build() {
        return super.build();
    }

    @Override
    protected ClientConnection build(
            Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
        ClientConnection made = new ClientConnection(decoder, encoder, settings, loop, heads, patience);
        connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                made.streamClosed(stream);
            }

            @Override
            public void onGoAwayReceived(int last, long code, ByteBuf why) {
                made.goingAway(last);
            }
        });
        frameListener(new Frames(made));
        return made;
    }

    private static final class Frames extends HeadFrames {
        private final ClientConnection connection;

        Frames(ClientConnection connection) {
            this.connection = connection;
        }

        @Override
        protected void head(ChannelHandlerContext context, int id, Http2Headers headers, boolean end) {
            connection.head(id, headers, end);
        }

        @Override
        public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
            return connection.data(id, data, padding, end);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int id, long code) {
            connection.reset(id, code);
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
            connection.settingsChanged();
        }
    }
}
