package io.gantry.apiserver.aggregation;

import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// TLS toward the servers behind this one: their authority, our front-proxy certificate. Thread-safe.
final class RemoteTls {
    private static final int KEPT = 256;

    private final FrontProxy identity;
    private final Map<String, SSLContext> contexts = new ConcurrentHashMap<>();

    RemoteTls(FrontProxy identity) {
        this.identity = identity;
    }

    SSLContext context(RemoteService remote) throws GeneralSecurityException {
        String key = remote.insecure() ? "insecure" : remote.caBundle();
        SSLContext known = contexts.get(key);
        if (known == null) {
            known = make(remote);
            if (contexts.size() < KEPT) {
                contexts.put(key, known);
            }
        }
        return known;
    }

    private SSLContext make(RemoteService remote) throws GeneralSecurityException {
        if (remote.insecure()) {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = identity.key().isPresent()
                    ? TlsContexts.keyManagers(identity.key().get(), identity.chain())
                    : new KeyManager[0];
            context.init(keys, new TrustManager[] {new TrustAll()}, null);
            return context;
        }
        List<X509Certificate> authorities =
                remote.caBundle().isEmpty() ? List.of() : Pem.certificates(decoded(remote.caBundle()));
        return TlsContexts.client(authorities, identity.key(), identity.chain());
    }

    private static String decoded(String bundle) throws GeneralSecurityException {
        try {
            return new String(Base64.getDecoder().decode(bundle), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the caBundle is not base64", e);
        }
    }

    /// `insecureSkipTLSVerify: true`: the user asked for no check, of the name neither.
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
