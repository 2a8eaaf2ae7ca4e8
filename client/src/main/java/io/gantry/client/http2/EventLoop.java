package io.gantry.client.http2;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;

/// The one thread of a process that reads and writes the connections of all its clients, and its buffers, which are
/// few: a process such as kube-proxy should stay small.
final class EventLoop {
    private static final int READ_BYTES = 32 * 1024;
    private static final int PAGE_BYTES = 8192;

    /// A chunk of memory is a page times two to the power of this: 256 kB.
    private static final int CHUNK_ORDER = 5;

    private static final int SMALL_KEPT = 64;
    private static final int LARGE_KEPT = 16;

    private static final EventLoopGroup GROUP =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("http2", true), NioIoHandler.newFactory());

    private static final ByteBufAllocator BUFFERS =
            new PooledByteBufAllocator(true, 1, 1, PAGE_BYTES, CHUNK_ORDER, SMALL_KEPT, LARGE_KEPT, false);

    private EventLoop() {}

    /// How a connection begins; its handler is still to be set.
    static Bootstrap bootstrap(Duration connectLimit) {
        return new Bootstrap()
                .group(GROUP)
                .channel(NioSocketChannel.class)
                .disableResolver()
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, BUFFERS)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectLimit.toMillis());
    }
}
