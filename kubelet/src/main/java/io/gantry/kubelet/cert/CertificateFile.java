package io.gantry.kubelet.cert;

import io.gantry.component.WholeFile;
import io.gantry.component.pki.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A certificate and its key in one PEM file, replaced at once (upstream's `kubelet-client-current.pem`).
public record CertificateFile(Path path) {
    private static final double ROTATE_AT = 0.8;

    /// A chain and its key.
    public record Pair(List<X509Certificate> chain, PrivateKey key) {
        public Pair {
            chain = List.copyOf(chain);
        }

        /// When to ask for the next one.
        public Instant rotateAt() {
            Instant from = chain.getFirst().getNotBefore().toInstant();
            Duration life = Duration.between(from, expires());
            return from.plusMillis((long) (life.toMillis() * ROTATE_AT));
        }

        public Instant expires() {
            return chain.getFirst().getNotAfter().toInstant();
        }
    }

    /// What the file holds; empty where there is none.
    public Optional<Pair> read() throws IOException, GeneralSecurityException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        return Optional.of(new Pair(Pem.certificates(path), Pem.privateKey(path)));
    }

    void write(String chainPem, KeyPair keys) throws IOException {
        Files.createDirectories(path.getParent());
        String pem = chainPem + Pem.encode(keys.getPrivate(), keys.getPublic());
        WholeFile.writePrivate(path, pem.getBytes(StandardCharsets.US_ASCII));
    }
}
