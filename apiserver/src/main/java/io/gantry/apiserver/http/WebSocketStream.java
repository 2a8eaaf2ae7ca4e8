package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/// An answer body whose pieces are the messages of a WebSocket. What the client sends is ignored, save pings and
/// the end.
public final class WebSocketStream extends CountedStream {
    private static final int MAX_FRAME_BYTES = 64 * 1024;

    private final Channel channel;
    private final boolean text;

    private WebSocketStream(Channel channel, boolean text) {
        this.channel = channel;
        this.text = text;
    }

    /// Answers the handshake. Call on the event loop.
    ///
    /// @param text whether messages are text, not bytes
    public static WebSocketStream open(RawConnection connection, WebSocketHandshake handshake, boolean text) {
        Channel channel = connection.channel();
        WebSocketStream stream = new WebSocketStream(channel, text);
        channel.writeAndFlush(Unpooled.wrappedBuffer(handshake.answer()));
        channel.pipeline()
                .addLast(
                        new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                                .maxFramePayloadLength(MAX_FRAME_BYTES)
                                .build()),
                        new WebSocket13FrameEncoder(false),
                        stream.new Incoming());
        channel.closeFuture().addListener(f -> stream.pending.close());
        channel.config().setAutoRead(true);
        return stream;
    }

    private final class Incoming extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof PingWebSocketFrame) {
                context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            } else if (frame instanceof CloseWebSocketFrame) {
                end();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override
    public void write(ByteBuf bytes) {
        int count = bytes.readableBytes();
        if (pending.isClosed()) {
            bytes.release();
            return;
        }
        pending.add(count);
        WebSocketFrame message = text ? new TextWebSocketFrame(bytes) : new BinaryWebSocketFrame(bytes);
        channel.writeAndFlush(message).addListener(f -> pending.done(count));
    }

    @Override
    public void soon(Runnable action) {
        channel.eventLoop().execute(action);
    }

    @Override
    public void end() {
        pending.close();
        channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                .addListener(f -> channel.close());
    }

    @Override
    public void abort() {
        channel.close();
    }
}
