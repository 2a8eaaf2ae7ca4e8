package io.gantry.apiserver;

import io.gantry.apiserver.proxy.KubeletTls;
import io.gantry.component.Flags;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// How the server comes to kubelets.
///
/// @param certificate and `key`: this server's own as their client
/// @param authority of the kubelets' certificates
record KubeletFlags(Optional<Path> certificate, Optional<Path> key, Optional<Path> authority) {
    static KubeletFlags parse(Flags flags) {
        return new KubeletFlags(
                flags.optionalPath("kubelet-client-certificate"),
                flags.optionalPath("kubelet-client-key"),
                flags.optionalPath("kubelet-certificate-authority"));
    }

    /// Reads the files.
    ///
    /// @throws IllegalArgumentException for a certificate without a key
    KubeletTls tls() throws IOException, GeneralSecurityException {
        List<X509Certificate> authorities = authority.isPresent() ? Pem.certificates(authority.get()) : List.of();
        if (certificate.isEmpty()) {
            return KubeletTls.of(TlsContexts.client(authorities, Optional.empty(), List.of()));
        }
        PrivateKey identity = Pem.privateKey(key.orElseThrow(() ->
                new IllegalArgumentException("--kubelet-client-key must be given with --kubelet-client-certificate")));
        List<X509Certificate> chain = Pem.certificates(certificate.get());
        return new KubeletTls(
                TlsContexts.client(authorities, Optional.of(identity), chain),
                TlsContexts.unverified(Optional.of(identity), chain));
    }
}
