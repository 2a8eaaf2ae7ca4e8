package io.gantry.apiserver.aggregation;

import io.gantry.apiserver.outgoing.CaBundle;
import io.gantry.component.pki.TlsContexts;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

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
            // The user asked for no check, of the name neither.
            return TlsContexts.unverified(identity.key(), identity.chain());
        }
        List<X509Certificate> authorities =
                remote.caBundle().isEmpty() ? List.of() : CaBundle.certificates(remote.caBundle());
        return TlsContexts.client(authorities, identity.key(), identity.chain());
    }
}
