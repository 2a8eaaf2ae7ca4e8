package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.StoreConfig;
import io.gantry.store.Store;
import io.gantry.store.StoreException;
import io.gantry.store.embedded.EmbeddedImport;
import io.gantry.store.embedded.EmbeddedStore;
import io.gantry.store.etcd.EtcdImport;
import io.gantry.store.etcd.EtcdOptions;
import io.gantry.store.etcd.EtcdStore;
import io.gantry.store.transfer.StoreDump;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/// The store of a cluster that is down. Our own etcd is started for the while.
public final class OfflineStore {
    private static final Duration ETCD_LIMIT = Duration.ofSeconds(30);
    private static final long STOP_SECONDS = 20;

    private final ClusterLayout layout;
    private final ClusterConfig config;

    public OfflineStore(ClusterLayout layout, ClusterConfig config) {
        this.layout = layout;
        this.config = config;
    }

    /// The folder of the state; empty where it is in somebody else's etcd.
    public Optional<Path> folder() {
        return switch (config.store().kind()) {
            case EMBEDDED -> Optional.of(layout.store());
            case ETCD -> config.store().runsEtcd() ? Optional.of(layout.etcd()) : Optional.empty();
        };
    }

    /// The newest revision; 0 where there is no state yet.
    public long revision() {
        boolean nothing = folder().map(path -> !Files.exists(path)).orElse(false);
        return nothing ? 0 : use(Store::currentRevision);
    }

    /// Writes everything to a stream.
    ///
    /// @return how many objects there are
    public long dump(OutputStream target) {
        return use(store -> {
            try {
                return StoreDump.write(store, target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// Fills the store, which must be empty, with a dump.
    ///
    /// @param floor revisions begin above it
    /// @param overwrite whether a cluster in somebody else's etcd is replaced
    /// @return how many objects there were
    public long fill(InputStream dump, long floor, boolean overwrite) {
        if (config.store().kind() == StoreConfig.Kind.EMBEDDED) {
            try (EmbeddedImport target = new EmbeddedImport(layout.store(), floor, InstantSource.system())) {
                return StoreDump.read(dump, target);
            } catch (IOException e) {
                throw new CliException(String.valueOf(e.getMessage()), e);
            }
        }
        return withEtcd(() -> {
            try (EtcdImport target = new EtcdImport(etcd(), floor, overwrite)) {
                return StoreDump.read(dump, target);
            } catch (IOException e) {
                throw new CliException(String.valueOf(e.getMessage()), e);
            }
        });
    }

    private long use(ToLongFunction<Store> work) {
        try {
            if (config.store().kind() == StoreConfig.Kind.EMBEDDED) {
                try (Store store = EmbeddedStore.open(layout.store(), failure -> {})) {
                    return work.applyAsLong(store);
                }
            }
            return withEtcd(() -> {
                try (Store store = EtcdStore.connect(etcd())) {
                    return work.applyAsLong(store);
                }
            });
        } catch (StoreException e) {
            throw new CliException("the store (" + config.store().describe() + "): " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new CliException(String.valueOf(e.getMessage()), e);
        }
    }

    private EtcdOptions etcd() {
        StoreConfig store = config.store();
        if (store.runsEtcd()) {
            return options(URI.create(store.clientUrl()), layout.pki("etcd-ca.crt"), "apiserver-etcd-client");
        }
        EtcdOptions plain =
                EtcdOptions.of(store.servers().stream().map(URI::create).toList());
        return store.caFile().isEmpty()
                ? plain
                : plain.withTls(new EtcdOptions.Tls(
                        Path.of(store.caFile()), file(store.certificateFile()), file(store.keyFile())));
    }

    private EtcdOptions options(URI endpoint, Path ca, String client) {
        return EtcdOptions.of(List.of(endpoint))
                .withTls(new EtcdOptions.Tls(
                        ca, Optional.of(layout.pki(client + ".crt")), Optional.of(layout.pki(client + ".key"))));
    }

    private static Optional<Path> file(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
    }

    private interface Work {
        long run();
    }

    private long withEtcd(Work work) {
        if (!config.store().runsEtcd()) {
            return work.run();
        }
        Process etcd = startEtcd();
        try (ApiServerProbe probe = new ApiServerProbe(layout)) {
            String health = "http://127.0.0.1:" + config.store().metricsPort() + "/health";
            boolean well = Await.until(ETCD_LIMIT, () -> !etcd.isAlive() || probe.isWell(health));
            if (!well || !etcd.isAlive()) {
                throw new CliException("etcd does not start:\n" + LogTail.of(layout.log(EtcdMember.NAME)));
            }
            return work.run();
        } finally {
            stop(etcd);
        }
    }

    private Process startEtcd() {
        try {
            Files.createDirectories(layout.logs());
            return new ProcessBuilder(EtcdMember.spec(layout, config).command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            layout.log(EtcdMember.NAME).toFile()))
                    .start();
        } catch (IOException e) {
            throw new CliException("cannot start etcd: " + e.getMessage(), e);
        }
    }

    private static void stop(Process etcd) {
        etcd.destroy();
        try {
            if (!etcd.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                etcd.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            etcd.destroyForcibly();
        }
    }
}
