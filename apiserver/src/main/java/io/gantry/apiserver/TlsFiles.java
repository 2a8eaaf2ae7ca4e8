package io.gantry.apiserver;

import io.gantry.apiserver.http.ServerTls;
import io.gantry.apiserver.http.ServingIdentity;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files that the server's TLS is made of. When they changed they are read again at the next look, so that renewed
/// certificates and another client CA count without a restart. Used by one thread at a time.
final class TlsFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

    private final Path certificate;
    private final Path key;
    private final List<NamedCertificate> named;
    private final Optional<Path> clientCa;
    private final Optional<Path> frontCa;

    private final ServerTls tls;
    private List<String> seen;

    private TlsFiles(
            Path certificate, Path key, List<NamedCertificate> named, Optional<Path> clientCa, Optional<Path> frontCa)
            throws IOException, GeneralSecurityException {
        this.named = List.copyOf(named);
        this.frontCa = frontCa;
        this.certificate = certificate;
        this.key = key;
        this.clientCa = clientCa;
        this.seen = marks();
        this.tls = new ServerTls(usual(), named(), authorities());
    }

    /// TLS of these files, which follows them at each [ServerTls#refresh()].
    ///
    /// @param named certificates for hosts of their own
    /// @param frontCa the authority of front proxies
    static ServerTls read(
            Path certificate, Path key, List<NamedCertificate> named, Optional<Path> clientCa, Optional<Path> frontCa)
            throws IOException, GeneralSecurityException {
        TlsFiles files = new TlsFiles(certificate, key, named, clientCa, frontCa);
        files.tls.onRefresh(files::look);
        return files.tls;
    }

    private ServingIdentity usual() throws IOException, GeneralSecurityException {
        return new ServingIdentity(Pem.privateKey(key), Pem.certificates(certificate), List.of());
    }

    private List<ServingIdentity> named() throws IOException, GeneralSecurityException {
        List<ServingIdentity> all = new ArrayList<>();
        for (NamedCertificate one : named) {
            all.add(one.read());
        }
        return all;
    }

    private List<X509Certificate> authorities() throws IOException, GeneralSecurityException {
        if (clientCa.isEmpty()) {
            return List.of();
        }
        List<X509Certificate> all = new ArrayList<>(Pem.certificates(clientCa.get()));
        if (frontCa.isPresent()) {
            all.addAll(Pem.certificates(frontCa.get()));
        }
        return all;
    }

    private void look() {
        try {
            List<String> now = marks();
            if (!now.equals(seen)) {
                tls.replace(usual(), named(), authorities());
                seen = now;
                LOG.info(
                        "read {} and {} again",
                        certificate,
                        clientCa.map(Path::toString).orElse("no client CA"));
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Files that are being replaced may not fit together for a moment.
            LOG.warn("cannot use the changed certificates, serving with those before: {}", e.getMessage());
        }
    }

    /// Changes when a file does, behind links too.
    private List<String> marks() throws IOException {
        List<Path> files = new ArrayList<>(List.of(certificate, key));
        named.forEach(one -> files.addAll(List.of(one.certificate(), one.key())));
        clientCa.ifPresent(files::add);
        frontCa.ifPresent(files::add);
        return marks(files);
    }

    static List<String> marks(List<Path> files) throws IOException {
        List<String> marks = new ArrayList<>();
        for (Path file : files) {
            Path real = file.toRealPath();
            marks.add(real + " " + Files.getLastModifiedTime(real) + " " + Files.size(real));
        }
        return marks;
    }
}
