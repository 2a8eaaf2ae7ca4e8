package io.gantry.apiserver.webhook;

import io.gantry.apiserver.outgoing.CaBundle;
import io.gantry.component.pki.TlsContexts;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// TLS contexts by the authorities that they trust, the last used ones kept. Thread-safe.
final class TrustBundles {
    private static final int KEPT = 128;

    private final Map<String, SSLContext> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SSLContext> eldest) {
            return size() > KEPT;
        }
    };

    /// @param caBundle PEM in base64; empty for the system's authorities
    /// @throws GeneralSecurityException for a bundle without a certificate
    synchronized SSLContext context(String caBundle) throws GeneralSecurityException {
        SSLContext known = contexts.get(caBundle);
        if (known == null) {
            known = caBundle.isEmpty()
                    ? SSLContext.getDefault()
                    : TlsContexts.client(CaBundle.certificates(caBundle), Optional.empty(), List.of());
            contexts.put(caBundle, known);
        }
        return known;
    }
}
