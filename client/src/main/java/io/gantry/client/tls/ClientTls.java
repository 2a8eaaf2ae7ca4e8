package io.gantry.client.tls;

import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import io.gantry.component.pki.TrustAll;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Makes the TLS context of a client from PEM credentials.
public final class ClientTls {
    private ClientTls() {}

    /// A context that trusts the given authority (the JDK's own where absent) and shows the given certificate.
    ///
    /// @throws GeneralSecurityException when a credential cannot be understood
    /// @throws java.io.UncheckedIOException when a file cannot be read
    public static SSLContext context(Credential authority, Credential certificate, Credential key, boolean trustAll)
            throws GeneralSecurityException {
        List<X509Certificate> chain = certificates(certificate);
        Optional<PrivateKey> privateKey = chain.isEmpty()
                ? Optional.empty()
                : Optional.of(Pem.privateKey(text(key.isPresent() ? key : certificate)));
        if (!trustAll) {
            return TlsContexts.client(certificates(authority), privateKey, chain);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                privateKey.isPresent() ? TlsContexts.keyManagers(privateKey.get(), chain) : new KeyManager[0],
                new TrustManager[] {new TrustAll()},
                null);
        return context;
    }

    private static List<X509Certificate> certificates(Credential credential) throws GeneralSecurityException {
        return credential.isPresent() && credential.read().length > 0 ? Pem.certificates(text(credential)) : List.of();
    }

    private static String text(Credential credential) {
        return new String(credential.read(), StandardCharsets.US_ASCII);
    }
}
