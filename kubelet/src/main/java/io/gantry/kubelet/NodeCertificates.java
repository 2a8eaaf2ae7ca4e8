package io.gantry.kubelet;

import io.gantry.kubelet.cert.CertificateFile;
import io.gantry.kubelet.cert.Rotation;
import io.gantry.kubelet.cert.SigningRequests;
import io.gantry.kubelet.server.KubeletServer;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the kubelet's certificates valid: with which it asks the API server, and with which it serves.
final class NodeCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCertificates.class);

    private final KubeletConfig config;
    private final SigningRequests requests;
    private final CountDownLatch stopped;
    private final Clock clock;

    NodeCertificates(KubeletConfig config, SigningRequests requests, CountDownLatch stopped, Clock clock) {
        this.config = config;
        this.requests = requests;
        this.stopped = stopped;
        this.clock = clock;
    }

    /// Renews the client's in time, where it is in a file.
    void rotate(CertificateFile client) {
        if (Files.exists(client.path())) {
            new Rotation(
                            requests,
                            SigningRequests.Wish.client(config.nodeName()),
                            client,
                            pair -> LOG.info("client certificate is valid until {}", pair.expires()),
                            stopped,
                            clock)
                    .start();
        }
    }

    /// Obtains the server's, and renews it in time.
    void serve(KubeletServer server) {
        new Rotation(
                        requests,
                        SigningRequests.Wish.serving(config.nodeName(), List.of(config.nodeName()), config.nodeIps()),
                        new CertificateFile(config.certDir().resolve("kubelet-server-current.pem")),
                        server::use,
                        stopped,
                        clock)
                .start();
    }
}
