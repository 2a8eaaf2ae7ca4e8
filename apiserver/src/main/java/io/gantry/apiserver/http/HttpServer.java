package io.gantry.apiserver.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP server: TLS with ALPN (HTTP/2, HTTP/1.1), or plain HTTP/1.1 for tests. Event loops frame; the handler
/// answers on them or on virtual threads.
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int LOOPS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
    private static final int FLUSHES = 64;
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration FLUSH = Duration.ofSeconds(1);

    private final EventLoopGroup loops;
    private final ChannelGroup connections;
    private final RequestThreads threads;
    private final Channel listener;

    private HttpServer(
            EventLoopGroup loops,
            RequestThreads threads,
            ChannelGroup connections,
            ServerBootstrap bootstrap,
            InetSocketAddress address)
            throws IOException {
        this.loops = loops;
        this.threads = threads;
        this.connections = connections;
        try {
            this.listener = bootstrap.bind(address).syncUninterruptibly().channel();
        } catch (Exception e) { // Netty throws the cause undeclared
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            threads.close();
            BindException refused = new BindException("cannot listen on " + address + ": " + e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    /// Binds and serves.
    ///
    /// @param tls empty for plain HTTP
    /// @throws BindException when the address cannot be bound
    public static HttpServer start(InetSocketAddress address, Optional<ServerTls> tls, Handler handler)
            throws IOException {
        return start(address, tls, handler, 0);
    }

    /// As [#start(InetSocketAddress, Optional, Handler)].
    ///
    /// @param goawayChance how likely a request over HTTP/2 makes its client connect anew
    public static HttpServer start(
            InetSocketAddress address, Optional<ServerTls> tls, Handler handler, double goawayChance)
            throws IOException {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(LOOPS, new DefaultThreadFactory("http"), io);
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        RequestThreads threads = new RequestThreads();
        Dispatcher dispatcher = new Dispatcher(handler, threads, goawayChance);
        DefaultChannelGroup group = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(PendingBytes.LOW_WATER_BYTES, PendingBytes.HIGH_WATER_BYTES))
                .childHandler(new Connections(dispatcher, tls, group));
        return new HttpServer(loops, threads, group, bootstrap, address);
    }

    /// The bound address, with the real port when 0 was asked for.
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /// Stops listening and tells clients to leave: GOAWAY on HTTP/2, the end of the connection after the running
    /// answer on HTTP/1.1. Does not wait.
    public void drain() {
        listener.close().syncUninterruptibly();
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(Drain.NOW));
    }

    /// [#drain], lets running requests end for a few seconds, then closes every connection.
    @Override
    public void close() {
        drain();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(DRAIN)) {
                LOG.info("requests still running after {}: closing", DRAIN);
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What is written already is sent; connections close by themselves then.
        connections.newCloseFuture().awaitUninterruptibly(FLUSH.toMillis());
        connections.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        threads.close();
    }

    private static final class Connections extends ChannelInitializer<SocketChannel> {
        private final Dispatcher dispatcher;
        private final Optional<ServerTls> tls;
        private final ChannelGroup group;

        Connections(Dispatcher dispatcher, Optional<ServerTls> tls, ChannelGroup group) {
            this.dispatcher = dispatcher;
            this.tls = tls;
            this.group = group;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            group.add(channel);
            ChannelPipeline pipeline = channel.pipeline();
            if (tls.isEmpty()) {
                http1(pipeline, dispatcher, Optional.empty());
                return;
            }
            ServerTls.Current current = tls.get().current();
            SslHandler ssl = current.context().newHandler(channel.alloc());
            ssl.setHandshakeTimeoutMillis(HttpLimits.TLS_HANDSHAKE.toMillis());
            pipeline.addLast(ssl);
            pipeline.addLast(new Negotiation(dispatcher, current, ssl));
        }
    }

    private static void http1(
            ChannelPipeline pipeline, Dispatcher dispatcher, Optional<X509Certificate[]> certificates) {
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(HttpLimits.REQUEST_LINE_BYTES)
                .setMaxHeaderSize(HttpLimits.HEADER_BYTES)));
        pipeline.addLast(new Http1Connection(dispatcher, certificates));
    }

    private static final class Negotiation extends ApplicationProtocolNegotiationHandler {
        private final Dispatcher dispatcher;
        private final ServerTls.Current tls;
        private final SslHandler ssl;

        Negotiation(Dispatcher dispatcher, ServerTls.Current tls, SslHandler ssl) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.dispatcher = dispatcher;
            this.tls = tls;
            this.ssl = ssl;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            Optional<X509Certificate[]> certificates = tls.verified(ssl.engine().getSession());
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                context.pipeline().addLast(new FlushConsolidationHandler(FLUSHES, true));
                context.pipeline().addLast(Http2Connection.create(dispatcher, certificates));
            } else {
                http1(context.pipeline(), dispatcher, certificates);
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("TLS handshake with {} failed", context.channel().remoteAddress(), cause);
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("connection of {} broke", context.channel().remoteAddress(), cause);
            context.close();
        }
    }
}
