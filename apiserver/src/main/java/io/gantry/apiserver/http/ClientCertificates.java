package io.gantry.apiserver.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// Takes any client certificate at the handshake and checks it afterwards, as upstream does: a wrong certificate gets a
/// 401 that says so, not a broken connection.
final class ClientCertificates extends X509ExtendedTrustManager {
    private final X509TrustManager authority;
    private final List<X509Certificate> issuers;

    ClientCertificates(X509TrustManager authority, List<X509Certificate> issuers) {
        this.authority = authority;
        this.issuers = List.copyOf(issuers);
    }

    /// The verified chain of a session; empty without a certificate, an empty array with one that does not verify.
    Optional<X509Certificate[]> verified(SSLSession session) {
        try {
            X509Certificate[] chain = Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            authority.checkClientTrusted(chain, "UNKNOWN");
            return Optional.of(chain);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        } catch (CertificateException e) {
            return Optional.of(new X509Certificate[0]);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server's trust manager does not check servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.toArray(X509Certificate[]::new);
    }
}
