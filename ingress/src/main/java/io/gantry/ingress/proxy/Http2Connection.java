package io.gantry.ingress.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's connection over HTTP/2: each stream is a channel of its own, which speaks as HTTP/1.1 does.
final class Http2Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);
    private static final int FLUSHES = 64;

    private Http2Connection() {}

    static void addTo(ChannelPipeline pipeline, Function<Channel, ClientConnection> streams) {
        Http2FrameCodecBuilder builder = Http2FrameCodecBuilder.forServer();
        builder.gracefulShutdownTimeoutMillis(ProxyLimits.DRAIN.toMillis());
        builder.initialSettings()
                .maxConcurrentStreams(ProxyLimits.HTTP2_STREAMS)
                .initialWindowSize(ProxyLimits.HTTP2_WINDOW_BYTES)
                .maxHeaderListSize(ProxyLimits.HEADER_BYTES);
        Http2FrameCodec codec = builder.build();
        pipeline.addLast(new FlushConsolidationHandler(FLUSHES, true))
                .addLast(new IdleStateHandler(0, 0, ProxyLimits.KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
                .addLast(codec)
                .addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        stream.config().setAutoRead(false);
                        stream.pipeline()
                                .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                                .addLast(new OnePerRead())
                                .addLast(streams.apply(stream));
                    }
                }))
                .addLast(new End(codec));
    }

    /// What concerns the whole connection.
    private static final class End extends ChannelInboundHandlerAdapter {
        private final Http2FrameCodec codec;

        End(Http2FrameCodec codec) {
            this.codec = codec;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            ReferenceCountUtil.release(frame); // settings, pings: the codec saw them
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            boolean unused =
                    event instanceof IdleStateEvent && codec.connection().numActiveStreams() == 0;
            if (unused || event == Drain.NOW) {
                context.close(); // says GOAWAY, and waits for streams
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("connection of {}", context.channel().remoteAddress(), cause);
            context.close();
        }
    }
}
