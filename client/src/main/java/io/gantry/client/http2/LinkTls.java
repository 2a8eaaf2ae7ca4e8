package io.gantry.client.http2;

import io.gantry.client.tls.ClientTls;
import io.gantry.component.netty.NettyTls;
import io.gantry.component.pki.TrustAll;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/// TLS of a client of the API server.
final class LinkTls {
    private static final X509Certificate[] NONE = {};

    private LinkTls() {}

    /// @throws IOException when the key and the certificates do not fit together
    static SslContext context(ClientTls tls) throws IOException {
        SslContextBuilder builder = NettyTls.client().endpointIdentificationAlgorithm("HTTPS");
        if (tls.trustAll()) {
            builder.trustManager(new TrustAll());
        } else if (!tls.authorities().isEmpty()) {
            builder.trustManager(tls.authorities().toArray(NONE));
        }
        tls.key().ifPresent(key -> builder.keyManager(key, tls.chain().toArray(NONE)));
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IOException("the client's certificates: " + e.getMessage(), e);
        }
    }
}
