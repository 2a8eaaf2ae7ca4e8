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

/// What a client's TLS is made of: PEM credentials, understood.
///
/// @param authorities who is trusted (empty: those that the JDK trusts)
/// @param key of the client's own certificate, if it has one
/// @param chain the client's certificate, then its intermediates
/// @param trustAll whether any server is trusted
public record ClientTls(
        List<X509Certificate> authorities, Optional<PrivateKey> key, List<X509Certificate> chain, boolean trustAll) {
    /// Reads credentials.
    ///
    /// @throws GeneralSecurityException when a credential cannot be understood
    /// @throws java.io.UncheckedIOException when a file cannot be read
    public static ClientTls of(Credential authority, Credential certificate, Credential key, boolean trustAll)
            throws GeneralSecurityException {
        List<X509Certificate> chain = certificates(certificate);
        Optional<PrivateKey> privateKey = chain.isEmpty()
                ? Optional.empty()
                : Optional.of(Pem.privateKey(text(key.isPresent() ? key : certificate)));
        return new ClientTls(trustAll ? List.of() : certificates(authority), privateKey, chain, trustAll);
    }

    /// A context of the JDK that trusts the given authority (the JDK's own where absent) and shows the given
    /// certificate.
    ///
    /// @throws GeneralSecurityException when a credential cannot be understood
    /// @throws java.io.UncheckedIOException when a file cannot be read
    public static SSLContext context(Credential authority, Credential certificate, Credential key, boolean trustAll)
            throws GeneralSecurityException {
        return of(authority, certificate, key, trustAll).context();
    }

    /// The JDK's context of it.
    public SSLContext context() throws GeneralSecurityException {
        if (!trustAll) {
            return TlsContexts.client(authorities, key, chain);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                key.isPresent() ? TlsContexts.keyManagers(key.get(), chain) : new KeyManager[0],
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
