package io.gantry.kubelet.cert;

import io.gantry.api.StatusException;
import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.tls.Credential;
import io.gantry.component.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node's first identity: with a bootstrap token it asks for a client certificate, and writes the kubeconfig that
/// uses it. Later certificates replace the file that the kubeconfig names.
public final class Bootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final Path kubeconfig;
    private final Optional<Path> bootstrapKubeconfig;
    private final CertificateFile file;
    private final String nodeName;
    private final Clock clock;

    public Bootstrap(Path kubeconfig, Optional<Path> bootstrapKubeconfig, Path certDir, String nodeName, Clock clock) {
        this.kubeconfig = kubeconfig;
        this.bootstrapKubeconfig = bootstrapKubeconfig;
        this.file = new CertificateFile(certDir.resolve("kubelet-client-current.pem"));
        this.nodeName = nodeName;
        this.clock = clock;
    }

    /// The client certificate's file.
    public CertificateFile file() {
        return file;
    }

    /// The kubeconfig to use, made first where there is none or its certificate has expired. Blocks until it is there.
    public Kubeconfig kubeconfig(CountDownLatch closed)
            throws IOException, GeneralSecurityException, InterruptedException {
        if (Files.exists(kubeconfig) && !expired()) {
            return Kubeconfig.load(kubeconfig);
        }
        if (bootstrapKubeconfig.isEmpty()) {
            throw new IOException("there is no kubeconfig " + kubeconfig + " and no --bootstrap-kubeconfig");
        }
        Kubeconfig first = obtainCertificate(bootstrapKubeconfig.get(), closed);
        Kubeconfig own = new Kubeconfig(
                first.server(),
                first.certificateAuthority(),
                Credential.file(file.path().toAbsolutePath()),
                Credential.file(file.path().toAbsolutePath()),
                Credential.absent(),
                first.insecureSkipTlsVerify(),
                "default");
        write(own.toYaml("default-cluster", "default-auth"));
        return Kubeconfig.load(kubeconfig);
    }

    /// The file is read again for each attempt: a token that was never known, or has expired, is replaced there.
    private Kubeconfig obtainCertificate(Path bootstrap, CountDownLatch closed)
            throws IOException, GeneralSecurityException, InterruptedException {
        while (true) {
            Kubeconfig first = Kubeconfig.load(bootstrap);
            LOG.info("asking {} for the client certificate of node {}", first.server(), nodeName);
            try (ApiClient client = ApiClient.connect(first, "kubelet")) {
                SigningRequests.ofStranger(client, closed).obtain(SigningRequests.Wish.client(nodeName), file);
                return first;
            } catch (StatusException refused) {
                LOG.warn("the token in {} is not known: {}", bootstrap, refused.getMessage());
            }
            if (closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("closed");
            }
        }
    }

    private boolean expired() throws IOException, GeneralSecurityException {
        if (bootstrapKubeconfig.isEmpty() || !Files.exists(bootstrapKubeconfig.get())) {
            return false;
        }
        return file.read().map(pair -> clock.instant().isAfter(pair.expires())).orElse(false);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(kubeconfig.toAbsolutePath().getParent());
        WholeFile.writePrivate(kubeconfig, text.getBytes(StandardCharsets.UTF_8));
    }
}
