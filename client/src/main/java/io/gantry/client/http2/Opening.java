package io.gantry.client.http2;

import io.gantry.client.http.Identity;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// Makes connections to one server: connects, shakes hands (the server's certificate must be one for the host), and
/// learns what the server speaks.
final class Opening {
    private static final int DEFAULT_PORT = 443;
    private static final String HTTP2 = "h2";

    private final String host;
    private final int port;
    private final SSLContext tls;
    private final RequestHeads heads;
    private final Patience patience;

    Opening(URI server, SSLContext tls, Identity identity, Patience patience) {
        this.host = withoutBrackets(server.getHost());
        this.port = server.getPort() < 0 ? DEFAULT_PORT : server.getPort();
        this.tls = tls;
        this.heads = new RequestHeads(server, identity);
        this.patience = patience;
    }

    /// As addresses of IPv6 have them in a URI.
    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// Blocks, whoever interrupts: others wait for the connection too. Empty when the server speaks no HTTP/2.
    Optional<ClientConnection> open() throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        CompletableFuture<Optional<ClientConnection>> opened = new CompletableFuture<>();
        Bootstrap bootstrap = EventLoop.bootstrap(patience.connect()).handler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                SslHandler ssl = new SslHandler(engine());
                ssl.setHandshakeTimeoutMillis(patience.connect().toMillis());
                channel.pipeline().addLast(ssl, new Negotiation(ssl.engine(), opened));
            }
        });
        bootstrap.connect(address).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                opened.completeExceptionally(connected.cause());
            }
        });
        try {
            return opened.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private SSLEngine engine() {
        SSLEngine engine = tls.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {HTTP2, "http/1.1"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    /// Waits for the end of the handshake.
    private final class Negotiation extends ChannelInboundHandlerAdapter {
        private final SSLEngine engine;
        private final CompletableFuture<Optional<ClientConnection>> opened;

        Negotiation(SSLEngine engine, CompletableFuture<Optional<ClientConnection>> opened) {
            this.engine = engine;
            this.opened = opened;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent done)) {
                return;
            }
            if (!done.isSuccess()) {
                failed(context, done.cause());
            } else if (HTTP2.equals(engine.getApplicationProtocol())) {
                ClientConnection connection = new ConnectionBuilder(context.executor(), heads, patience).build();
                context.pipeline().replace(this, null, connection);
                opened.complete(Optional.of(connection));
            } else {
                opened.complete(Optional.empty());
                context.close();
            }
        }

        private void failed(ChannelHandlerContext context, Throwable cause) {
            opened.completeExceptionally(cause);
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(context, cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            failed(context, new EOFException("the server closed the connection in its handshake"));
        }
    }
}
