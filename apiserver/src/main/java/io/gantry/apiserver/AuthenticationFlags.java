package io.gantry.apiserver;

import io.gantry.apiserver.oidc.OidcFlags;
import io.gantry.component.Flags;
import java.nio.file.Path;
import java.util.Optional;

/// Who is believed to be whom.
///
/// @param clientCa the authority of clients; without it everybody may do everything
/// @param tokens a file of static tokens
record AuthenticationFlags(
        Optional<Path> clientCa,
        Optional<Path> tokens,
        FrontProxyFlags frontProxy,
        OidcFlags oidc,
        ServiceAccountFlags serviceAccounts) {
    static AuthenticationFlags parse(Flags flags) {
        return new AuthenticationFlags(
                flags.optionalPath("client-ca-file"),
                flags.optionalPath("token-auth-file"),
                FrontProxyFlags.parse(flags),
                OidcFlags.parse(flags),
                ServiceAccountFlags.parse(flags));
    }
}
