package io.gantry.client.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Makes the TLS context of a client from PEM credentials.
public final class ClientTls {
    private static final char[] NO_PASSWORD = {};

    private ClientTls() {}

    /// A context that trusts the given authority (the JDK's own where absent) and shows the given certificate.
    ///
    /// @throws GeneralSecurityException when a credential cannot be understood
    /// @throws java.io.UncheckedIOException when a file cannot be read
    public static SSLContext context(Credential authority, Credential certificate, Credential key, boolean trustAll)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(certificate, key), trustAll ? trustAll() : trustManagers(authority), null);
        return context;
    }

    private static KeyManager @Nullable [] keyManagers(Credential certificate, Credential key)
            throws GeneralSecurityException {
        if (!certificate.isPresent()) {
            return null;
        }
        List<X509Certificate> chain = PemKeys.certificates(certificate.read());
        byte[] keyPem = key.isPresent() ? key.read() : certificate.read();
        KeyStore store = emptyStore();
        store.setKeyEntry("client", PemKeys.privateKey(keyPem), NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager @Nullable [] trustManagers(Credential authority) throws GeneralSecurityException {
        if (!authority.isPresent()) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (X509Certificate certificate : PemKeys.certificates(authority.read())) {
            store.setCertificateEntry("ca-" + number++, certificate);
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
            throw new GeneralSecurityException(e);
        }
        return store;
    }

    /// For `insecure-skip-tls-verify` alone: checks neither chain nor name.
    private static TrustManager[] trustAll() {
        return new TrustManager[] {
            new X509ExtendedTrustManager() {
                @Override
                public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

                @Override
                public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

                @Override
                public void checkClientTrusted(X509Certificate[] chain, String type) {}

                @Override
                public void checkServerTrusted(X509Certificate[] chain, String type) {}

                @Override
                public X509Certificate[] getAcceptedIssuers() {
                    return new X509Certificate[0];
                }
            }
        };
    }
}
