package io.gantry.apiserver;

import io.gantry.api.StatusException;
import io.gantry.apiserver.authn.FrontProxyUsers;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.component.VirtualThreads;
import io.gantry.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The authorities of clients and of front proxies, followed while their files change: who may speak for others, and
/// what aggregated servers are told. Refreshed by one thread.
final class TrustFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TrustFiles.class);

    private final Path clients;
    private final FrontProxyFlags front;
    private final InstantSource clock;
    private final AuthenticationConfigMap published;
    private final Optional<FrontProxyUsers> proxies;
    private List<String> seen;

    /// @throws UncheckedIOException when a file cannot be read
    TrustFiles(Path clients, FrontProxyFlags front, InstantSource clock) {
        this.clock = clock;
        this.clients = clients;
        this.front = front;
        this.published = new AuthenticationConfigMap(clients, front);
        try {
            this.seen = marks();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the authorities of clients: " + e.getMessage(), e);
        }
        this.proxies = front.users(clients);
    }

    private List<String> marks() throws IOException {
        List<Path> files = new ArrayList<>(List.of(clients));
        front.clientCa().ifPresent(files::add);
        return TlsFiles.marks(files);
    }

    Optional<FrontProxyUsers> proxies() {
        return proxies;
    }

    /// Tells aggregated servers of them. Blocks.
    ///
    /// @throws UncheckedIOException when a file cannot be read
    /// @throws IllegalArgumentException when its certificates cannot
    void publish(ObjectReader reader, ObjectWriter writer) {
        try {
            published.reconcile(reader, writer, clock.instant());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the authorities of clients: " + e.getMessage(), e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("cannot read the authorities of clients: " + e.getMessage(), e);
        }
    }

    /// Reads the files again where they changed, and publishes what somebody took away.
    void refresh(ObjectReader reader, ObjectWriter writer) {
        try {
            List<String> now = marks();
            if (now.equals(seen) && !published.missing(reader)) {
                return;
            }
            if (proxies.isPresent()) {
                front.refresh(proxies.get(), clients);
            }
            seen = now;
            VirtualThreads.background().name("authentication-trust").start(() -> published(reader, writer));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Files that are being replaced may not fit together for a moment.
            LOG.warn("cannot use the changed authorities, believing those before: {}", e.getMessage());
        }
    }

    private void published(ObjectReader reader, ObjectWriter writer) {
        try {
            publish(reader, writer);
        } catch (StatusException | StoreException | UncheckedIOException | IllegalArgumentException e) {
            LOG.warn("cannot publish the changed authorities: {}", e.getMessage());
        }
    }
}
