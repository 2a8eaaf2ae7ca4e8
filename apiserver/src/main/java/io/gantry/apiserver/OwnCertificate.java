package io.gantry.apiserver;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The serving certificate in `--cert-dir`, made with an authority of its own when nobody put one there.
final class OwnCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);
    private static final Duration LIFE = Duration.ofDays(365);

    private OwnCertificate() {}

    /// Leaves a certificate and key that are there as they are.
    ///
    /// @throws IOException when they cannot be written
    static void provide(Path certificate, Path key, String bind, String advertised) throws IOException {
        if (Files.exists(certificate) && Files.exists(key)) {
            return;
        }
        CertificateAuthority authority = CertificateAuthority.create(advertised + "-ca", LIFE);
        List<String> addresses =
                Stream.of("127.0.0.1", bind, advertised).distinct().toList();
        List<String> names =
                List.of("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", advertised);
        Identity identity = authority.issue(CertificateProfile.server(advertised, names, addresses, LIFE));
        Files.createDirectories(certificate.toAbsolutePath().getParent());
        Files.writeString(
                certificate, identity.certificatePem() + authority.identity().certificatePem());
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, identity.keyPem());
        LOG.info("made the serving certificate {}", certificate);
    }
}
