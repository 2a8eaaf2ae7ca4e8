package io.gantry.component.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// The JDK's TLS contexts from certificates and keys.
public final class TlsContexts {
    private static final char[] NO_PASSWORD = new char[0];

    private TlsContexts() {}

    /// A context that trusts only these authorities (empty: the JDK's own) and shows this identity, if any.
    ///
    /// @param chain the identity's certificate, then its intermediates
    public static SSLContext client(
            List<X509Certificate> authorities, Optional<PrivateKey> key, List<X509Certificate> chain)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = key.isPresent() ? keyManagers(key.get(), chain) : new KeyManager[0];
        context.init(keys, authorities.isEmpty() ? null : trustManagers(authorities), null);
        return context;
    }

    /// A context that takes whatever the server shows, and shows this identity, if any.
    public static SSLContext unverified(Optional<PrivateKey> key, List<X509Certificate> chain)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = key.isPresent() ? keyManagers(key.get(), chain) : new KeyManager[0];
        context.init(keys, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    /// Managers for one identity.
    public static KeyManager[] keyManagers(PrivateKey key, List<X509Certificate> chain) {
        return new KeyManager[] {new IdentityKeys(key, chain)};
    }

    /// Managers that trust only these authorities.
    public static TrustManager[] trustManagers(List<X509Certificate> authorities) throws GeneralSecurityException {
        KeyStore store = emptyStore();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, NO_PASSWORD);
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store", e);
        }
        return store;
    }
}
