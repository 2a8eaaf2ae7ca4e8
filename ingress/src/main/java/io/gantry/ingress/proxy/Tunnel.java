package io.gantry.ingress.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One side of a connection that has left HTTP (WebSocket): bytes go to the other side, as fast as that takes them.
final class Tunnel extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

    private final Channel other;
    private final Deadline quiet;
    private final Duration limit;

    /// @param quiet the deadline of both sides
    /// @param limit how long both may be silent
    private Tunnel(Channel other, Deadline quiet, Duration limit) {
        this.other = other;
        this.quiet = quiet;
        this.limit = limit;
    }

    /// Joins a client and an endpoint, which speak HTTP no longer.
    ///
    /// @param spoke what spoke HTTP on the client's side
    /// @param limit how long both may be silent
    static void dig(ChannelHandler spoke, Channel client, EndpointConnection to, Duration limit) {
        Channel endpoint = to.channel();
        Deadline quiet = new Deadline(client.eventLoop(), () -> client.close());
        client.pipeline().replace(spoke, "tunnel", new Tunnel(endpoint, quiet, limit));
        client.pipeline().remove(ResponseEncoder.class);
        to.become(new Tunnel(client, quiet, limit));
        client.pipeline().remove(RequestDecoder.class);
        quiet.in(limit);
        client.read();
        endpoint.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf)) {
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        quiet.in(limit);
        other.writeAndFlush(message, other.voidPromise());
        if (other.isWritable()) {
            context.read();
        }
    }

    /// What waited for this side is gone: the other may be read again.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            other.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        quiet.stop();
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("tunnel of {}", context.channel().remoteAddress(), cause);
        context.close();
    }
}
