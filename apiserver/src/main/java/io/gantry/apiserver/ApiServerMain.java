package io.gantry.apiserver;

import io.gantry.apiserver.http.ServerTls;
import io.gantry.component.ProcessLogging;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import io.gantry.store.Store;
import io.gantry.store.embedded.EmbeddedStore;
import io.gantry.store.memory.MemoryStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API server's process.
public final class ApiServerMain {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServerMain.class);
    private static final int STORE_FAILED = 70;

    private ApiServerMain() {}

    /// Flags are upstream's names; see `docs/`.
    public static void main(String[] arguments) throws Exception {
        ProcessLogging.start("apiserver");
        long start = System.nanoTime();
        ServerFlags flags;
        try {
            flags = ServerFlags.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("apiserver: " + e.getMessage());
            System.exit(2);
            return;
        }
        run(flags, start);
    }

    private static void run(ServerFlags flags, long start) throws Exception {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (Store store = store(flags)) {
            ServerConfig config = config(flags, store);
            try (ApiServer server = ApiServer.start(config, objects -> ProcessSecurity.create(flags, objects))) {
                LOG.info("serving on {} after {} ms", server.address(), (System.nanoTime() - start) / 1_000_000);
                stop.await();
                LOG.info("stopping");
            }
        } catch (IOException | RuntimeException | GeneralSecurityException e) {
            LOG.error("cannot start: {}", e.getMessage(), e);
            stopped.countDown();
            System.exit(1);
        } finally {
            stopped.countDown();
        }
    }

    private static Store store(ServerFlags flags) {
        if (!flags.etcdServers().isEmpty()) {
            return StoreOfEtcd.open(flags);
        }
        return flags.dataDir()
                .<Store>map(directory -> EmbeddedStore.open(directory, failure -> {
                    LOG.error("the store failed: stopping", failure);
                    Runtime.getRuntime().halt(STORE_FAILED);
                }))
                .orElseGet(MemoryStore::new);
    }

    private static ServerConfig config(ServerFlags flags, Store store) throws IOException, GeneralSecurityException {
        Optional<ServerTls> tls = Optional.empty();
        if (flags.tlsCertificate().isPresent()) {
            List<X509Certificate> chain =
                    Pem.certificates(flags.tlsCertificate().get());
            List<X509Certificate> authorities = List.of();
            Optional<Path> clientCa = flags.clientCa();
            if (clientCa.isPresent()) {
                authorities = Pem.certificates(clientCa.get());
            }
            tls = Optional.of(new ServerTls(
                    Pem.privateKey(flags.tlsKey()
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "--tls-private-key-file must be given with --tls-cert-file"))),
                    chain,
                    authorities));
        }
        return new ServerConfig(
                new InetSocketAddress(flags.bindAddress(), flags.securePort()),
                tls,
                store,
                Optional.of(flags.advertiseAddress()),
                flags.serviceCidr(),
                flags.nodePorts(),
                InstantSource.system(),
                kubelets(flags));
    }

    private static SSLContext kubelets(ServerFlags flags) throws IOException, GeneralSecurityException {
        Optional<Path> ca = flags.kubeletCa();
        List<X509Certificate> authorities = ca.isPresent() ? Pem.certificates(ca.get()) : List.of();
        Optional<Path> certificate = flags.kubeletCertificate();
        if (certificate.isEmpty()) {
            return TlsContexts.client(authorities, Optional.empty(), List.of());
        }
        Path key = flags.kubeletKey()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--kubelet-client-key must be given with --kubelet-client-certificate"));
        return TlsContexts.client(authorities, Optional.of(Pem.privateKey(key)), Pem.certificates(certificate.get()));
    }
}
