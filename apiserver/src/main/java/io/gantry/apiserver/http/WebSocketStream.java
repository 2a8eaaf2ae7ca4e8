package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// An answer body whose pieces are the text messages of a WebSocket. What the client sends is ignored, save pings and
/// the end.
public final class WebSocketStream extends CountedStream {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MAX_FRAME_BYTES = 64 * 1024;

    private final Channel channel;

    private WebSocketStream(Channel channel) {
        this.channel = channel;
    }

    /// Whether a request asks for a WebSocket.
    public static boolean isAsked(RequestHead head) {
        return head.header("upgrade").orElse("").equalsIgnoreCase("websocket")
                && head.header("sec-websocket-key").isPresent();
    }

    /// Answers the handshake. Call on the event loop.
    public static WebSocketStream open(RawConnection connection, RequestHead head) {
        Channel channel = connection.channel();
        WebSocketStream stream = new WebSocketStream(channel);
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: "
                + accept(head.header("sec-websocket-key").orElse("")) + "\r\n\r\n";
        channel.writeAndFlush(Unpooled.wrappedBuffer(answer.getBytes(StandardCharsets.US_ASCII)));
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

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
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
        channel.writeAndFlush(new TextWebSocketFrame(bytes)).addListener(f -> pending.done(count));
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
