package io.gantry.apiserver;

import io.gantry.apiserver.aggregation.FrontProxy;
import io.gantry.apiserver.authn.FrontProxyUsers;
import io.gantry.component.Flags;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/// The flags of API aggregation and of front proxies: how this server shows itself to aggregated servers, and whom
/// it and they believe.
///
/// @param clientCa the authority of front proxies
/// @param certificate and `key`: this server's own as a front proxy
public record FrontProxyFlags(
        Optional<Path> clientCa, Optional<Path> certificate, Optional<Path> key, FrontProxyNames names) {

    static FrontProxyFlags parse(Flags flags) {
        return new FrontProxyFlags(
                flags.optionalPath("requestheader-client-ca-file"),
                flags.optionalPath("proxy-client-cert-file"),
                flags.optionalPath("proxy-client-key-file"),
                FrontProxyNames.parse(flags));
    }

    /// Whom front proxies may name to this server; empty without their authority.
    ///
    /// @param clients the authority of clients
    Optional<FrontProxyUsers> users(Path clients) {
        if (clientCa.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FrontProxyUsers(
                    Pem.certificates(clientCa.get()), Pem.certificates(clients), names.allowed(), names.fields()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the authority of front proxies: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cannot read the authority of front proxies: " + e.getMessage(), e);
        }
    }

    /// Reads the authorities again.
    ///
    /// @param users who were made of them before
    void refresh(FrontProxyUsers users, Path clients) throws IOException, GeneralSecurityException {
        users.replace(Pem.certificates(clientCa.orElseThrow()), Pem.certificates(clients));
    }

    /// The identity toward aggregated servers.
    FrontProxy identity() throws IOException, GeneralSecurityException {
        if (certificate.isEmpty()) {
            return FrontProxy.NONE;
        }
        Path file = key.orElseThrow(() ->
                new IllegalArgumentException("--proxy-client-key-file must be given with --proxy-client-cert-file"));
        return new FrontProxy(Optional.of(Pem.privateKey(file)), Pem.certificates(certificate.get()));
    }
}
