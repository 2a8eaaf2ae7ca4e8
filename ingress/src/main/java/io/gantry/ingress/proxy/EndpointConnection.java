package io.gantry.ingress.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to an endpoint, for one request at a time. Used on its event loop.
final class EndpointConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointConnection.class);

    /// The request that has the connection.
    interface User {
        void answered(HttpResponse head);

        /// Takes over the piece.
        void answered(HttpContent piece);

        /// What was read is handed on.
        void readComplete();

        /// More can be sent.
        void writable();

        /// Nothing came in time, or nothing was taken.
        void silent();

        /// The connection is gone, or said what is no HTTP.
        ///
        /// @param malformed whether it said so
        void broken(boolean malformed);
    }

    private final EndpointPool pool;
    private final EndpointPool.Key key;
    private final Channel channel;
    private final Deadline deadline;
    private @Nullable User user;
    private boolean reused;
    private long idleSinceNanos;

    EndpointConnection(EndpointPool pool, EndpointPool.Key key, Channel channel) {
        this.pool = pool;
        this.key = key;
        this.channel = channel;
        this.deadline = new Deadline(channel.eventLoop(), this::silent);
    }

    EndpointPool.Key key() {
        return key;
    }

    Channel channel() {
        return channel;
    }

    /// Whether another request had it before.
    boolean reused() {
        return reused;
    }

    long idleNanos() {
        return System.nanoTime() - idleSinceNanos;
    }

    void give(User next) {
        user = next;
        deadline.clear();
    }

    /// Nobody's now; whatever comes before it is used again closes it.
    void rest() {
        user = null;
        reused = true;
        idleSinceNanos = System.nanoTime();
        deadline.in(ProxyLimits.IDLE);
        channel.read();
    }

    void write(HttpObject message) {
        channel.write(message, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void read(Duration limit) {
        deadline.in(limit);
        channel.read();
    }

    void within(Duration limit) {
        deadline.in(limit);
    }

    void withoutLimit() {
        deadline.clear();
    }

    /// The user hears nothing of it.
    void drop() {
        user = null;
        channel.close();
    }

    /// From now on bytes, which the tunnel takes.
    void become(Tunnel tunnel) {
        user = null;
        deadline.stop();
        channel.pipeline().replace(this, "tunnel", tunnel);
        channel.pipeline().remove(HttpClientCodec.class);
    }

    private void silent() {
        if (user == null) {
            channel.close();
        } else {
            user.silent();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (user == null) {
            ReferenceCountUtil.release(message);
            context.close();
            return;
        }
        if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            LOG.debug("answer of {}", key.address(), object.decoderResult().cause());
            leave(true);
            return;
        }
        switch (message) {
            case HttpResponse head -> user.answered(head);
            case HttpContent piece -> user.answered(piece);
            default -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (user != null) {
            user.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (user != null && channel.isWritable()) {
            user.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.forget(this);
        leave(false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection to {}", key.address(), cause);
        leave(false);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        deadline.stop();
    }

    private void leave(boolean malformed) {
        User last = user;
        user = null;
        channel.close();
        if (last != null) {
            last.broken(malformed);
        }
    }
}
