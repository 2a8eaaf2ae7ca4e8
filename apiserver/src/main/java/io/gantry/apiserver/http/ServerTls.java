package io.gantry.apiserver.http;

import io.gantry.component.pki.TlsContexts;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;

/// The server's TLS: BoringSSL where its library loads, else the JDK's; ALPN; optional client certificates.
public final class ServerTls {
    private final SslContext context;
    private final Optional<ClientCertificates> clients;

    /// @param clientAuthorities who may sign client certificates; empty asks for none
    public ServerTls(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities)
            throws GeneralSecurityException, SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        ApplicationProtocolNames.HTTP_2,
                        ApplicationProtocolNames.HTTP_1_1));
        if (clientAuthorities.isEmpty()) {
            this.clients = Optional.empty();
        } else {
            X509TrustManager trust = (X509TrustManager) TlsContexts.trustManagers(clientAuthorities)[0];
            ClientCertificates certificates = new ClientCertificates(trust, clientAuthorities);
            builder.clientAuth(ClientAuth.OPTIONAL).trustManager(certificates);
            this.clients = Optional.of(certificates);
        }
        this.context = builder.build();
    }

    SslContext context() {
        return context;
    }

    Optional<X509Certificate[]> verified(SSLSession session) {
        return clients.flatMap(c -> c.verified(session));
    }
}
