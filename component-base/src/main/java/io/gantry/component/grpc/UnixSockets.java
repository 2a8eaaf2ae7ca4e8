package io.gantry.component.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Channels to servers on Unix sockets, which share one event loop. The loop is made for the first channel: who never
/// opens one has no thread of it. Thread-safe.
public final class UnixSockets implements AutoCloseable {
    private final String name;
    private final SocketNames names = new SocketNames();
    private @Nullable EventLoopGroup loop;

    /// @param name the name of the loop's thread
    public UnixSockets(String name) {
        this.name = name;
    }

    /// A channel of the caller's own, who shuts it down; it connects with the first call.
    public ManagedChannel open(Path socket) {
        return builder(names.of(socket).toString(), loop()).build();
    }

    /// Ends what is under way; waits until the connection is down, for a moment at most: the event loop may be closed
    /// next.
    public static void shutDown(ManagedChannel channel) {
        try {
            channel.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized EventLoopGroup loop() {
        EventLoopGroup shared = loop;
        if (shared == null) {
            shared = newLoop(name);
            loop = shared;
        }
        return shared;
    }

    /// An event loop of one thread, which starts with the first channel.
    public static EventLoopGroup newLoop(String name) {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
    }

    /// A server at a socket, which is not there yet; it runs when this returns.
    public Server serve(Path socket, ServerServiceDefinition... services) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toString()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loop())
                .workerEventLoopGroup(loop())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        for (ServerServiceDefinition service : services) {
            builder.addService(service);
        }
        return builder.build().start();
    }

    /// What every channel on a Unix socket needs.
    public static NettyChannelBuilder builder(String socket, EventLoopGroup loop) {
        return NettyChannelBuilder.forAddress(new DomainSocketAddress(socket))
                .eventLoopGroup(loop)
                .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                .usePlaintext()
                .overrideAuthority("localhost")
                .executor(Executors.newVirtualThreadPerTaskExecutor());
    }

    @Override
    public synchronized void close() {
        names.close();
        Optional.ofNullable(loop).ifPresent(shared -> shared.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }
}
