package io.gantry.store.etcd;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.gantry.store.StoreUnavailableException;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import javax.net.ssl.SSLException;

/// Makes jetcd's client.
final class EtcdClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration KEEPALIVE = Duration.ofSeconds(30);
    private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(10);

    static Client client(EtcdOptions options, int maxMessageBytes) {
        ClientBuilder builder = Client.builder()
                .endpoints(options.endpoints())
                .connectTimeout(CONNECT_TIMEOUT)
                .keepaliveTime(KEEPALIVE)
                .keepaliveTimeout(KEEPALIVE_TIMEOUT)
                .maxInboundMessageSize(maxMessageBytes);
        options.tls().ifPresent(tls -> secure(builder, tls));
        return builder.build();
    }

    private static void secure(ClientBuilder builder, EtcdOptions.Tls tls) {
        SslContextBuilder context =
                GrpcSslContexts.forClient().trustManager(tls.ca().toFile());
        if (tls.certificate().isPresent() && tls.key().isPresent()) {
            context.keyManager(tls.certificate().get().toFile(), tls.key().get().toFile());
        }
        try {
            builder.sslContext(context.build());
        } catch (SSLException e) {
            throw new StoreUnavailableException("cannot read the certificates for etcd: " + e.getMessage(), e);
        }
    }

    private EtcdClients() {}
}
