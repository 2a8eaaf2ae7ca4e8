package io.gantry.ingress.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/// The end of a client's connection: what was answered is sent, and what still comes of the request is taken for a
/// while ([ProxyLimits#LINGER]) and forgotten. Used on the connection's event loop.
final class Farewell {
    private final Channel channel;
    private final Runnable read;
    private boolean begun;

    /// @param read reads on
    Farewell(Channel channel, Runnable read) {
        this.channel = channel;
        this.read = read;
    }

    boolean isBegun() {
        return begun;
    }

    /// @param requestOpen whether more of the request may come
    void begin(boolean requestOpen) {
        begun = true;
        if (!requestOpen) {
            close();
            return;
        }
        Deadline end = new Deadline(channel.eventLoop(), () -> channel.close());
        end.in(ProxyLimits.LINGER);
        channel.closeFuture().addListener(closed -> end.stop());
        read.run();
    }

    /// Something came that nobody wants any more.
    ///
    /// @param end whether it was the end of the request
    void forgot(boolean end) {
        if (end) {
            close();
        } else {
            read.run();
        }
    }

    private void close() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
