package io.gantry.apiserver.aggregation;

import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.proxy.QueryText;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// How this server shows itself to the servers behind it, and tells them who asks.
///
/// @param key of the client certificate; empty shows none
/// @param chain the certificate and its intermediates
public record FrontProxy(Optional<PrivateKey> key, List<X509Certificate> chain) {
    public static final FrontProxy NONE = new FrontProxy(Optional.empty(), List.of());

    private static final String REMOTE = "x-remote-";
    private static final String EXTRA = "x-remote-extra-";

    public FrontProxy {
        chain = List.copyOf(chain);
    }

    /// The fields that name a user.
    static Headers headers(UserInfo user) {
        Headers.Builder headers = new Headers.Builder();
        headers.add("x-remote-user", user.name());
        if (!user.uid().isEmpty()) {
            headers.add("x-remote-uid", user.uid());
        }
        user.groups().forEach(group -> headers.add("x-remote-group", group));
        user.extra()
                .forEach((key, values) -> values.forEach(value -> headers.add(EXTRA + QueryText.encode(key), value)));
        return headers.build();
    }

    /// Whether a client's field is passed on: nobody says himself who he is.
    static boolean passes(String lowerCaseName) {
        return !lowerCaseName.startsWith(REMOTE);
    }
}
