package io.gantry.ingress.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets up what a client's connection goes through.
final class Reception extends ChannelInitializer<Channel> {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Traffic traffic;
    private final Function<EventLoop, EndpointPool> pools;
    private final ChannelGroup clients;
    private final Optional<Mapping<String, SslContext>> tls;

    Reception(
            Traffic traffic,
            Function<EventLoop, EndpointPool> pools,
            ChannelGroup clients,
            Optional<Mapping<String, SslContext>> tls) {
        this.traffic = traffic;
        this.pools = pools;
        this.clients = clients;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (clients.size() >= ProxyLimits.CLIENTS) {
            channel.close();
            return;
        }
        clients.add(channel);
        traffic.metrics().connected(1);
        channel.closeFuture().addListener(closed -> traffic.metrics().connected(-1));
        if (tls.isEmpty()) {
            http1(channel.pipeline(), false);
        } else {
            channel.pipeline()
                    .addLast(new SniHandler(tls.get(), ProxyLimits.TLS_HANDSHAKE.toMillis()))
                    .addLast(new Negotiation());
        }
    }

    private void http1(ChannelPipeline pipeline, boolean secure) {
        Channel channel = pipeline.channel();
        pipeline.addLast(new RequestDecoder())
                .addLast(new ResponseEncoder())
                .addLast(new OnePerRead())
                .addLast(new ClientConnection(
                        traffic, pools.apply(channel.eventLoop()), arrival(channel, secure, false), channel));
    }

    private static Arrival arrival(Channel channel, boolean secure, boolean stream) {
        InetSocketAddress client = (InetSocketAddress) channel.remoteAddress();
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        return new Arrival(client.getAddress().getHostAddress(), local.getPort(), secure, stream);
    }

    private final class Negotiation extends ApplicationProtocolNegotiationHandler {
        Negotiation() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            Channel channel = context.channel();
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                Arrival arrival = arrival(channel, true, true);
                EndpointPool pool = pools.apply(channel.eventLoop());
                Http2Connection.addTo(
                        context.pipeline(), stream -> new ClientConnection(traffic, pool, arrival, stream));
            } else {
                channel.config().setAutoRead(false);
                http1(context.pipeline(), true);
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("TLS handshake with {}", context.channel().remoteAddress(), cause);
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("connection of {}", context.channel().remoteAddress(), cause);
            context.close();
        }
    }
}
