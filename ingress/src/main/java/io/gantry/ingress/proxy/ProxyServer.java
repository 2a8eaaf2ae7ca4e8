package io.gantry.ingress.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// The data plane's ports and event loops. Thread-safe.
public final class ProxyServer implements AutoCloseable {
    private static final int PAGE_BYTES = 8192;

    /// A chunk of memory is a page times two to the power of this: 512 kB.
    private static final int CHUNK_ORDER = 6;

    private static final int SMALL_KEPT = 64;
    private static final int LARGE_KEPT = 16;

    private final Traffic traffic;
    private final EventLoopGroup loops;
    private final PooledByteBufAllocator buffers;
    private final SslContext endpointTls;
    private final Map<EventLoop, EndpointPool> pools = new ConcurrentHashMap<>();
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Channel> listeners = new ArrayList<>();
    private final Object lock = new Object();

    /// @throws IOException when TLS cannot be set up
    public ProxyServer(Traffic traffic) throws IOException {
        this.traffic = traffic;
        this.endpointTls = EndpointPool.tls();
        int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, ProxyLimits.EVENT_LOOPS);
        this.loops = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("proxy"), Transport.io());
        this.buffers =
                new PooledByteBufAllocator(true, 0, count, PAGE_BYTES, CHUNK_ORDER, SMALL_KEPT, LARGE_KEPT, false);
    }

    /// Takes connections on one more port.
    ///
    /// @param tls certificates by name; empty for plain HTTP
    /// @return the port, where any was asked for
    /// @throws BindException when it is taken
    public int bind(InetSocketAddress address, Optional<Mapping<String, SslContext>> tls) throws BindException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(Transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, ProxyLimits.BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, buffers)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.AUTO_READ, tls.isPresent())
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(ProxyLimits.LOW_WATER_BYTES, ProxyLimits.HIGH_WATER_BYTES))
                .childHandler(new Reception(traffic, this::pool, clients, tls));
        Channel listener;
        try {
            listener = bootstrap.bind(address).syncUninterruptibly().channel();
        } catch (Exception e) { // Netty throws the cause undeclared
            BindException refused =
                    new BindException("cannot listen on port " + address.getPort() + ": " + e.getMessage());
            refused.initCause(e);
            throw refused;
        }
        synchronized (lock) {
            listeners.add(listener);
        }
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private EndpointPool pool(EventLoop loop) {
        return pools.computeIfAbsent(loop, l -> new EndpointPool(l, buffers, endpointTls));
    }

    /// Takes no more connections, lets running requests end for a while, then closes all.
    @Override
    public void close() {
        synchronized (lock) {
            if (loops.isShuttingDown()) {
                return;
            }
            listeners.forEach(listener -> listener.close().syncUninterruptibly());
        }
        clients.forEach(channel -> channel.pipeline().fireUserEventTriggered(Drain.NOW));
        clients.newCloseFuture().awaitUninterruptibly(ProxyLimits.DRAIN.toMillis());
        clients.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
