package io.gantry.client.http2;

import io.gantry.client.tls.ClientTls;
import io.gantry.component.pki.TrustAll;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/// TLS by BoringSSL where its library loads, else by the JDK. Processes run without the optimising compiler, and the
/// JDK's ciphers are ordinary code then: they were three quarters of what a watch costs.
final class NettyTls {
    private static final X509Certificate[] NONE = {};

    private NettyTls() {}

    static SslContext context(ClientTls tls) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .endpointIdentificationAlgorithm("HTTPS")
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1));
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
