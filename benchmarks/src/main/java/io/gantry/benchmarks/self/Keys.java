package io.gantry.benchmarks.self;

import io.gantry.client.Kubeconfig;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;

/// Certificates for one measurement.
final class Keys {
    private static final Duration LIFE = Duration.ofDays(2);

    private final CertificateAuthority authority = CertificateAuthority.create("gantry-bench", LIFE);
    private final Path directory;

    Keys(Path directory) throws IOException {
        this.directory = directory;
        Identity serving = authority.issue(
                CertificateProfile.server("kube-apiserver", List.of("localhost"), List.of("127.0.0.1"), LIFE));
        KeyPair tokens = KeyPairs.ec();
        Files.writeString(directory.resolve("ca.crt"), authority.identity().certificatePem());
        Files.writeString(directory.resolve("server.crt"), serving.certificatePem());
        Files.writeString(directory.resolve("server.key"), serving.keyPem());
        Files.writeString(directory.resolve("sa.key"), Pem.encode(tokens.getPrivate()));
        Files.writeString(directory.resolve("sa.pub"), Pem.encode(tokens.getPublic()));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /// A client.
    Kubeconfig client(int port, String user, String... groups) {
        Identity identity = authority.issue(CertificateProfile.client(user, List.of(groups), LIFE));
        return Kubeconfig.of(
                URI.create("https://127.0.0.1:" + port),
                authority.identity().certificatePem(),
                identity.certificatePem(),
                identity.keyPem());
    }
}
