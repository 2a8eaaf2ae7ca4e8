package io.gantry.client.http2;

import io.gantry.client.http.Identity;
import io.gantry.client.tls.ClientTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
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
import org.jspecify.annotations.Nullable;

/// Makes connections to one server: connects, shakes hands (the server's certificate must be one for the host), and
/// learns what the server speaks.
final class Opening {
    private static final int DEFAULT_PORT = 443;
    private static final String HTTP2 = ApplicationProtocolNames.HTTP_2;

    private final String host;
    private final int port;
    private final ClientTls tls;
    private final RequestHeads heads;
    private final Patience patience;
    private @Nullable SslContext context;

    Opening(URI server, ClientTls tls, Identity identity, Patience patience) {
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
        SslContext secrets = context();
        CompletableFuture<Optional<ClientConnection>> opened = new CompletableFuture<>();
        Bootstrap bootstrap = EventLoop.bootstrap(patience.connect()).handler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                SslHandler ssl = secrets.newHandler(channel.alloc(), host, port);
                ssl.setHandshakeTimeoutMillis(patience.connect().toMillis());
                channel.pipeline().addLast(ssl, new Negotiation(ssl, opened));
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

    /// Made at first use, and kept. By one opener at a time.
    private SslContext context() throws IOException {
        SslContext made = context;
        if (made == null) {
            made = LinkTls.context(tls);
            context = made;
        }
        return made;
    }

    /// Waits for the end of the handshake.
    private final class Negotiation extends ChannelInboundHandlerAdapter {
        private final SslHandler ssl;
        private final CompletableFuture<Optional<ClientConnection>> opened;

        Negotiation(SslHandler ssl, CompletableFuture<Optional<ClientConnection>> opened) {
            this.ssl = ssl;
            this.opened = opened;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent done)) {
                return;
            }
            if (!done.isSuccess()) {
                failed(context, told(done.cause()));
            } else if (HTTP2.equals(ssl.applicationProtocol())) {
                ClientConnection connection = new ConnectionBuilder(context.executor(), heads, patience).build();
                context.pipeline().replace(this, null, connection);
                opened.complete(Optional.of(connection));
            } else {
                opened.complete(Optional.empty());
                context.close();
            }
        }

        /// BoringSSL's failures say in their cause what is wrong.
        private static Throwable told(Throwable failure) {
            Throwable cause = failure.getCause();
            return cause == null || cause.getMessage() == null
                    ? failure
                    : new IOException("TLS handshake: " + cause.getMessage(), failure);
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
