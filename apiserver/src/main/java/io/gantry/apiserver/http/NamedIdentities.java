package io.gantry.apiserver.http;

import io.gantry.component.pki.IdentityKeys;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// The identities of a server: the one that the name fits under which a client came, else the usual one.
/// An alias is the place in the list.
final class NamedIdentities extends X509ExtendedKeyManager {
    private final List<ServingIdentity> identities;
    private final List<IdentityKeys> keys;
    private final Map<String, Integer> places;

    /// @param usual for who names no host or one that nothing fits
    NamedIdentities(ServingIdentity usual, List<ServingIdentity> named) {
        List<ServingIdentity> all = new ArrayList<>(List.of(usual));
        all.addAll(named);
        this.identities = List.copyOf(all);
        this.keys = all.stream()
                .map(one -> new IdentityKeys(one.key(), one.chain()))
                .toList();
        this.places = ServingIdentity.places(named);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        int place = engine == null ? 0 : place(engine.getHandshakeSession());
        return keys.get(place).chooseServerAlias(keyType, issuers, null) == null ? null : Integer.toString(place);
    }

    private int place(@Nullable SSLSession session) {
        if (places.isEmpty() || !(session instanceof ExtendedSSLSession extended)) {
            return 0;
        }
        for (SNIServerName name : extended.getRequestedServerNames()) {
            if (name instanceof SNIHostName host) {
                return place(host.getAsciiName().toLowerCase(Locale.ROOT));
            }
        }
        return 0;
    }

    /// As Go's `crypto/tls` does it: the whole name, then its first label as a wildcard.
    private int place(String host) {
        Integer whole = places.get(host);
        if (whole != null) {
            return whole + 1;
        }
        int dot = host.indexOf('.');
        Integer wild = places.get(dot < 0 ? "*" : "*" + host.substring(dot));
        return wild == null ? 0 : wild + 1;
    }

    @Override
    public @Nullable String chooseServerAlias(
            @Nullable String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return identities.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return identities.get(Integer.parseInt(alias)).key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String @Nullable [] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
