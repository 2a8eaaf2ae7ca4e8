package io.gantry.apiserver.http;

import io.netty.handler.ssl.util.SimpleKeyManagerFactory;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.ManagerFactoryParameters;
import org.jspecify.annotations.Nullable;

/// Netty's way to be given [NamedIdentities].
final class IdentityKeyFactory extends SimpleKeyManagerFactory {
    private final NamedIdentities keys;

    IdentityKeyFactory(NamedIdentities keys) {
        this.keys = keys;
    }

    @Override
    protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {
        // The keys are there already.
    }

    @Override
    protected void engineInit(@Nullable ManagerFactoryParameters parameters) {
        // The keys are there already.
    }

    @Override
    protected KeyManager[] engineGetKeyManagers() {
        return new KeyManager[] {keys};
    }
}
