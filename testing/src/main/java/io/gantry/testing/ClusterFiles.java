package io.gantry.testing;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// The keys and certificates of one cluster, in a directory of their own that is deleted in the end.
final class ClusterFiles implements AutoCloseable {
    private static final Duration LIFE = Duration.ofDays(7);

    private final Path directory;
    private final CertificateAuthority authority = CertificateAuthority.create("gantry-testing-ca", LIFE);

    ClusterFiles() throws IOException {
        RsaKey.begin();
        directory = Files.createTempDirectory("gantry-testing");
        write("ca", authority.identity());
        write(
                "apiserver",
                authority.issue(CertificateProfile.server(
                        "kube-apiserver",
                        List.of("localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"),
                        List.of("127.0.0.1", "10.96.0.1"),
                        LIFE)));
        write("kubelet-client", client("kube-apiserver-kubelet-client", List.of("system:masters")));
        KeyPair tokens = KeyPairs.ec();
        Files.writeString(file("sa.key"), Pem.encode(tokens.getPrivate(), tokens.getPublic()));
        Files.writeString(file("sa.pub"), Pem.encode(tokens.getPublic()));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    String authorityPem() {
        return authority.identity().certificatePem();
    }

    /// A client certificate.
    Identity client(String user, List<String> groups) {
        return authority.issue(CertificateProfile.client(user, groups, LIFE));
    }

    /// A client certificate with an RSA key: some clients (fabric8) read no other without further
    /// libraries.
    Identity rsaClient(String user, List<String> groups) {
        KeyPair keys = RsaKey.PAIR.join();
        CertificateProfile profile = CertificateProfile.client(user, groups, LIFE);
        return new Identity(authority.certify(keys.getPublic(), profile), keys.getPrivate());
    }

    /// Generating an RSA key takes longer than starting the rest: one serves all clusters of the JVM,
    /// and is made meanwhile.
    private static final class RsaKey {
        static final CompletableFuture<KeyPair> PAIR = CompletableFuture.supplyAsync(KeyPairs::rsa);

        private RsaKey() {}

        static void begin() {
            PAIR.isDone();
        }
    }

    private void write(String name, Identity identity) throws IOException {
        Files.writeString(file(name + ".crt"), identity.certificatePem());
        Files.writeString(file(name + ".key"), identity.keyPem());
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
