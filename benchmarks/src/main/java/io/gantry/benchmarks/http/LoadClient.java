package io.gantry.benchmarks.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Several HTTP/2 connections to one server on few event loops. A lane is a connection; everything sent on a lane is
/// sent and answered on one event loop. Thread-safe.
public final class LoadClient implements AutoCloseable {
    private static final int CONNECT_SECONDS = 20;
    private static final int REPLY_SECONDS = 120;

    private record Lane(Channel channel, Connection connection) {}

    private final EventLoopGroup loops;
    private final List<Lane> lanes = new ArrayList<>();

    private LoadClient(EventLoopGroup loops) {
        this.loops = loops;
    }

    /// Connects.
    ///
    /// @throws IOException when the server is not there, does not accept the client, or speaks no HTTP/2
    public static LoadClient connect(Target target, int connections, int eventLoops) throws IOException {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                eventLoops,
                new DefaultThreadFactory("load", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        LoadClient client = new LoadClient(loops);
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_SECONDS * 1000);
        try {
            List<CompletableFuture<Lane>> opening = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                opening.add(open(bootstrap, target));
            }
            for (CompletableFuture<Lane> lane : opening) {
                client.lanes.add(lane.get(CONNECT_SECONDS, TimeUnit.SECONDS));
            }
            return client;
        } catch (ExecutionException | TimeoutException e) {
            client.close();
            throw new IOException("cannot connect to " + target.address() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            client.close();
            throw new IOException("interrupted", e);
        }
    }

    private static CompletableFuture<Lane> open(Bootstrap bootstrap, Target target) {
        CompletableFuture<Lane> opened = new CompletableFuture<>();
        bootstrap
                .clone()
                .handler(new Opening(target, opened))
                .connect(target.address())
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        opened.completeExceptionally(connected.cause());
                    } else if (target.tls().isEmpty()) {
                        Connection connection = Connection.create(target);
                        connected.channel().pipeline().addLast(connection);
                        opened.complete(new Lane(connected.channel(), connection));
                    }
                });
        return opened;
    }

    public int lanes() {
        return lanes.size();
    }

    /// Sends on a lane (modulo the lanes there are).
    public void send(int lane, Call call, Receiver receiver) {
        Lane at = lanes.get(lane % lanes.size());
        if (at.channel().eventLoop().inEventLoop()) {
            at.connection().send(call, receiver);
        } else {
            at.channel().eventLoop().execute(() -> at.connection().send(call, receiver));
        }
    }

    /// Breaks a request off; its receiver hears no more.
    public void cancel(int lane, Receiver receiver) {
        Lane at = lanes.get(lane % lanes.size());
        at.channel().eventLoop().execute(() -> {
            try {
                at.connection().cancel(receiver);
            } catch (Http2Exception e) {
                at.channel().close();
            }
        });
    }

    /// Sends and waits for the whole answer.
    public Reply await(Call call) throws IOException {
        return await(call, Duration.ofSeconds(REPLY_SECONDS));
    }

    /// The same with patience for what takes long.
    public Reply await(Call call, Duration patience) throws IOException {
        CompletableFuture<Reply> answered = new CompletableFuture<>();
        send(0, call, new Whole(answered));
        try {
            return answered.get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(call.method() + " " + call.path() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.channel().close());
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class Whole implements Receiver {
        private final CompletableFuture<Reply> answered;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private int status;

        Whole(CompletableFuture<Reply> answered) {
            this.answered = answered;
        }

        @Override
        public void head(int code) {
            status = code;
        }

        @Override
        public void data(ByteBuf bytes) {
            byte[] piece = new byte[bytes.readableBytes()];
            bytes.getBytes(bytes.readerIndex(), piece);
            body.writeBytes(piece);
        }

        @Override
        public void end() {
            answered.complete(new Reply(status, body.toByteArray()));
        }

        @Override
        public void failed(String why) {
            answered.completeExceptionally(new IOException(why));
        }
    }

    private static final class Opening extends ChannelInitializer<SocketChannel> {
        private final Target target;
        private final CompletableFuture<Lane> opened;

        Opening(Target target, CompletableFuture<Lane> opened) {
            this.target = target;
            this.opened = opened;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            if (target.tls().isEmpty()) {
                return; // the handler comes when it is connected
            }
            SslHandler ssl = target.tls()
                    .get()
                    .newHandler(
                            channel.alloc(),
                            target.address().getHostString(),
                            target.address().getPort());
            channel.pipeline().addLast(ssl);
            channel.pipeline().addLast(new Negotiated(this, opened));
        }

        private void ready(ChannelPipeline pipeline) {
            Connection connection = Connection.create(target);
            pipeline.addLast(connection);
            opened.complete(new Lane(pipeline.channel(), connection));
        }
    }

    private static final class Negotiated extends ApplicationProtocolNegotiationHandler {
        private final Opening opening;
        private final CompletableFuture<Lane> opened;

        Negotiated(Opening opening, CompletableFuture<Lane> opened) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.opening = opening;
            this.opened = opened;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                opening.ready(context.pipeline());
            } else {
                opened.completeExceptionally(new IOException("the server speaks no HTTP/2"));
                context.close();
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            opened.completeExceptionally(cause);
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            opened.completeExceptionally(cause);
            context.close();
        }
    }
}
