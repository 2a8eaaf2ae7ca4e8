package io.gantry.ingress.proxy;

import io.gantry.component.pki.TrustAll;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/// The connections to endpoints of one event loop, and those among them that wait for use. Used on that loop.
final class EndpointPool {
    /// The kernel keeps no more of what an endpoint sends than this: when it closes, all of it comes at once.
    private static final int RECEIVE_BYTES = 256 * 1024;

    /// Whose connections are the same.
    record Key(InetSocketAddress address, boolean tls) {}

    /// What came of an attempt to connect.
    sealed interface Outcome {
        record Made(EndpointConnection connection) implements Outcome {}

        record Failed(Throwable cause) implements Outcome {}
    }

    private final EventLoop loop;
    private final ByteBufAllocator buffers;
    private final Map<Key, ArrayDeque<EndpointConnection>> idle = new HashMap<>();
    private final SslContext tls;

    EndpointPool(EventLoop loop, ByteBufAllocator buffers, SslContext tls) {
        this.loop = loop;
        this.buffers = buffers;
        this.tls = tls;
    }

    /// How endpoints are spoken to over TLS. Nobody here knows the certificates of pods; ingress-nginx does not check
    /// them either.
    static SslContext tls() throws IOException {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .trustManager(new TrustAll())
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException e) {
            throw new IOException("TLS for endpoints: " + e.getMessage(), e);
        }
    }

    /// A connection that waits, the youngest first.
    ///
    /// @param longest how long it may have waited
    Optional<EndpointConnection> take(Key key, Duration longest) {
        ArrayDeque<EndpointConnection> waiting = idle.get(key);
        while (waiting != null && !waiting.isEmpty()) {
            EndpointConnection youngest = waiting.peekLast();
            if (!youngest.channel().isActive()) {
                waiting.pollLast();
            } else if (youngest.idleNanos() <= longest.toNanos()) {
                return Optional.of(waiting.pollLast());
            } else {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    void release(EndpointConnection connection) {
        ArrayDeque<EndpointConnection> waiting = idle.computeIfAbsent(connection.key(), k -> new ArrayDeque<>());
        if (!connection.channel().isActive() || waiting.size() >= ProxyLimits.IDLE_CONNECTIONS) {
            connection.drop();
            return;
        }
        waiting.addLast(connection);
        connection.rest();
    }

    void forget(EndpointConnection connection) {
        ArrayDeque<EndpointConnection> waiting = idle.get(connection.key());
        if (waiting != null) {
            waiting.remove(connection);
            if (waiting.isEmpty()) {
                idle.remove(connection.key());
            }
        }
    }

    /// Connects; the outcome comes later, on the loop.
    void connect(Key key, Duration limit, Consumer<Outcome> done) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(Transport.clientChannel())
                .disableResolver()
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BYTES)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit.toMillis())
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(ProxyLimits.LOW_WATER_BYTES, ProxyLimits.HIGH_WATER_BYTES))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initialize(key, channel, limit);
                    }
                });
        ChannelFuture connecting = bootstrap.connect(key.address());
        connecting.addListener(future -> {
            if (!future.isSuccess()) {
                done.accept(new Outcome.Failed(future.cause()));
            } else {
                whenReady(connecting.channel(), done);
            }
        });
    }

    private void initialize(Key key, Channel channel, Duration limit) {
        if (key.tls()) {
            SslHandler handler = tls.newHandler(channel.alloc());
            handler.setHandshakeTimeoutMillis(limit.toMillis());
            channel.pipeline().addLast(handler);
        }
        channel.pipeline()
                .addLast(new HttpClientCodec(
                        new HttpDecoderConfig()
                                .setMaxInitialLineLength(ProxyLimits.REQUEST_LINE_BYTES)
                                .setMaxHeaderSize(ProxyLimits.HEADER_BYTES)
                                .setMaxChunkSize(ProxyLimits.PIECE_BYTES)
                                .setStrictLineParsing(false),
                        false,
                        false))
                .addLast(new OnePerRead())
                .addLast(new EndpointConnection(this, key, channel));
    }

    private static void whenReady(Channel channel, Consumer<Outcome> done) {
        EndpointConnection connection = channel.pipeline().get(EndpointConnection.class);
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            done.accept(new Outcome.Made(connection));
            return;
        }
        handler.handshakeFuture().addListener(future -> {
            if (future.isSuccess()) {
                done.accept(new Outcome.Made(connection));
            } else {
                channel.close();
                ConnectException failure =
                        new ConnectException("TLS: " + future.cause().getMessage());
                failure.initCause(future.cause());
                done.accept(new Outcome.Failed(failure));
            }
        });
    }
}
