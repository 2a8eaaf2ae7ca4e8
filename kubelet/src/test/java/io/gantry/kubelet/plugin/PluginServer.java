package io.gantry.kubelet.plugin;

import io.gantry.kubelet.plugin.v1.InfoRequest;
import io.gantry.kubelet.plugin.v1.PluginInfo;
import io.gantry.kubelet.plugin.v1.RegistrationGrpc;
import io.gantry.kubelet.plugin.v1.RegistrationStatus;
import io.gantry.kubelet.plugin.v1.RegistrationStatusResponse;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A plugin on one socket: its registrar, which writes down what the kubelet tells it, and its services.
public final class PluginServer implements AutoCloseable {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Path socket;
    private final List<RegistrationStatus> told = new CopyOnWriteArrayList<>();
    private final Server server;

    public PluginServer(Path socket, PluginInfo info, ServerServiceDefinition... services) throws IOException {
        this.socket = socket;
        this.server = NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toString()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .addService(new Registrar(info))
                .addServices(List.of(services))
                .build()
                .start();
    }

    /// What the kubelet said of registrations, in order.
    public List<RegistrationStatus> told() {
        return List.copyOf(told);
    }

    @Override
    public void close() throws IOException {
        server.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        Files.deleteIfExists(socket);
    }

    private final class Registrar extends RegistrationGrpc.RegistrationImplBase {
        private final PluginInfo info;

        Registrar(PluginInfo info) {
            this.info = info;
        }

        @Override
        public void getInfo(InfoRequest request, StreamObserver<PluginInfo> observer) {
            observer.onNext(info);
            observer.onCompleted();
        }

        @Override
        public void notifyRegistrationStatus(
                RegistrationStatus request, StreamObserver<RegistrationStatusResponse> observer) {
            told.add(request);
            observer.onNext(RegistrationStatusResponse.getDefaultInstance());
            observer.onCompleted();
        }
    }
}
