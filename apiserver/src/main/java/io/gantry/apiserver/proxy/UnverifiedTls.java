package io.gantry.apiserver.proxy;

import io.gantry.component.pki.TrustAll;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// TLS toward servers in pods, which have certificates that nobody here knows: any is taken, none is shown.
final class UnverifiedTls {
    static final SSLContext CONTEXT = make();

    private UnverifiedTls() {}

    private static SSLContext make() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[0], new TrustManager[] {new TrustAll()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
