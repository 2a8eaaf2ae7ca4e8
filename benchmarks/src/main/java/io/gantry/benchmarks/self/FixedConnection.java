package io.gantry.benchmarks.self;

import io.gantry.benchmarks.http.MessageFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;

/// One connection of the ceiling server.
final class FixedConnection extends Http2ConnectionHandler {
    private static final int STREAMS = 250;
    private static final int WINDOW_BYTES = 256 * 1024;
    private static final int CONNECTION_WINDOW_BYTES = 1024 * 1024;

    private final FixedAnswers answers;
    private final Http2Connection.PropertyKey heads;

    private FixedConnection(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            FixedAnswers answers) {
        super(decoder, encoder, settings);
        this.answers = answers;
        this.heads = connection().newKey();
    }

    static FixedConnection create(FixedAnswers answers) {
        return new Builder(answers).build();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        var connection = connection();
        connection.local().flowController().incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW_BYTES);
    }

    private void head(ChannelHandlerContext context, int id, Http2Headers headers, boolean end) {
        if (end) {
            answer(context, id, headers);
        } else {
            connection().stream(id).setProperty(heads, headers);
        }
    }

    private void answer(ChannelHandlerContext context, int id, Http2Headers request) {
        ByteBuf body = answers.of(request.path());
        boolean post = "POST".contentEquals(request.method());
        Http2Headers headers = new DefaultHttp2Headers(false).status(post ? "201" : "200");
        headers.add("content-type", "application/json").add("content-length", Integer.toString(body.readableBytes()));
        encoder().writeHeaders(context, id, headers, 0, false, context.newPromise());
        encoder().writeData(context, id, body, 0, true, context.newPromise());
        flush(context);
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<FixedConnection, Builder> {
        private final FixedAnswers answers;

        Builder(FixedAnswers answers) {
            this.answers = answers;
            connection(new DefaultHttp2Connection(true));
            gracefulShutdownTimeoutMillis(0);
            initialSettings().maxConcurrentStreams(STREAMS).initialWindowSize(WINDOW_BYTES);
        }

        @Override
        protected FixedConnection build() {
            return super.build();
        }

        @Override
        protected FixedConnection build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            FixedConnection handler = new FixedConnection(decoder, encoder, settings, answers);
            frameListener(new MessageFrames() {
                @Override
                protected void head(ChannelHandlerContext context, int id, Http2Headers headers, boolean end) {
                    handler.head(context, id, headers, end);
                }

                @Override
                protected void data(ChannelHandlerContext context, int id, ByteBuf data, boolean end) {
                    if (end) {
                        Http2Headers head = handler.connection().stream(id).removeProperty(handler.heads);
                        handler.answer(context, id, head);
                    }
                }
            });
            return handler;
        }
    }
}
