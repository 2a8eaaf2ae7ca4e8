package io.gantry.benchmarks.self;

import io.gantry.component.pki.Pem;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/// The ceiling: Netty answering fixed bytes over the same TLS and HTTP version as the API server, doing nothing else.
/// It reads the body of each request; `GET /list` is answered with a large body, everything else with 1 KB.
public final class FixedServerMain {
    private static final int LOW_WATER = 512 * 1024;
    private static final int HIGH_WATER = 1024 * 1024;
    private static final int FLUSHES = 64;

    private FixedServerMain() {}

    /// Arguments: directory with `server.crt` and `server.key`, port, size of the list in bytes.
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        SslContext tls = SslContextBuilder.forServer(
                        Pem.privateKey(Files.readString(directory.resolve("server.key"))),
                        Pem.certificates(Files.readString(directory.resolve("server.crt")))
                                .toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.OPENSSL)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2))
                .build();
        FixedAnswers answers = new FixedAnswers(Integer.parseInt(arguments[2]));
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory()))
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW_WATER, HIGH_WATER))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(new FlushConsolidationHandler(FLUSHES, true))
                                .addLast(FixedConnection.create(answers));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[1]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }
}
