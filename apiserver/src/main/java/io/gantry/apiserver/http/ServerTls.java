package io.gantry.apiserver.http;

import io.gantry.component.netty.NettyTls;
import io.gantry.component.pki.TlsContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;

/// The server's TLS, with certificates of clients that have one. What it is made of can be replaced while it serves:
/// new connections get the new, the others keep what they have. Thread-safe.
public final class ServerTls {
    private volatile Current current;
    private volatile Runnable refresh = () -> {};

    /// @param clientAuthorities who may sign client certificates; empty asks for none
    public ServerTls(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities)
            throws GeneralSecurityException, SSLException {
        this(new ServingIdentity(key, chain, List.of()), List.of(), clientAuthorities);
    }

    /// @param named other identities for hosts of their own
    /// @param clientAuthorities who may sign client certificates; empty asks for none
    public ServerTls(ServingIdentity usual, List<ServingIdentity> named, List<X509Certificate> clientAuthorities)
            throws GeneralSecurityException, SSLException {
        this.current = make(usual, named, clientAuthorities);
    }

    /// For connections from now on.
    ///
    /// @throws GeneralSecurityException when they do not fit together; what was there stays
    public void replace(ServingIdentity usual, List<ServingIdentity> named, List<X509Certificate> clientAuthorities)
            throws GeneralSecurityException, SSLException {
        current = make(usual, named, clientAuthorities);
    }

    /// What looks for other certificates when the server asks for it.
    public void onRefresh(Runnable look) {
        refresh = look;
    }

    /// Looks for other certificates now.
    public void refresh() {
        refresh.run();
    }

    /// What a connection begins with.
    record Current(SslContext context, Optional<ClientCertificates> clients) {
        Optional<X509Certificate[]> verified(SSLSession session) {
            return clients.flatMap(c -> c.verified(session));
        }
    }

    Current current() {
        return current;
    }

    private static Current make(
            ServingIdentity usual, List<ServingIdentity> named, List<X509Certificate> clientAuthorities)
            throws GeneralSecurityException, SSLException {
        SslContextBuilder builder = NettyTls.server(new NamedIdentities(usual, named));
        Optional<ClientCertificates> clients = Optional.empty();
        if (!clientAuthorities.isEmpty()) {
            X509TrustManager trust = (X509TrustManager) TlsContexts.trustManagers(clientAuthorities)[0];
            ClientCertificates certificates = new ClientCertificates(trust, clientAuthorities);
            builder.clientAuth(ClientAuth.OPTIONAL).trustManager(certificates);
            clients = Optional.of(certificates);
        }
        return new Current(builder.build(), clients);
    }
}
