package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterCertificates;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.StoreConfig;
import io.gantry.cli.host.HostPackages;
import io.gantry.cli.image.Folders;
import io.gantry.cli.supervisor.SupervisorClient;
import io.gantry.store.StoreException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Backs a cluster's state up, restores it, moves it to another store. Revisions never go backwards for clients: see
/// `docs/operations.md`.
public final class StateMove {
    /// Beyond the revision of a backup: clients may have seen later ones of a state that is lost. The
    /// embedded store can begin anywhere.
    private static final long LOST_REVISIONS = 1_000_000;

    private final ClusterLayout layout;
    private final Progress progress;

    public StateMove(ClusterLayout layout, Progress progress) {
        this.layout = layout;
        this.progress = progress;
    }

    /// Writes a backup of the cluster, which may run.
    public void backup(ClusterConfig config, BackupFile file) {
        requireServer(config);
        file.write(layout, target -> {
            if (isUp()) {
                RunningStore.copy(layout, config, target);
                return 0;
            }
            return new OfflineStore(layout, config).dump(target);
        });
        progress.done("backup");
    }

    /// Brings a backup back, into a cluster that is down or that is not there any more.
    ///
    /// @param overwrite whether a cluster in somebody else's etcd is replaced
    public void restore(BackupFile file, boolean overwrite) {
        requireDown();
        boolean otherAuthority = file.restoreFiles(layout);
        ClusterConfig config = ClusterConfig.load(layout.config())
                .orElseThrow(() -> new CliException(
                        "the backup holds no " + layout.config().getFileName()));
        requireServer(config);
        OfflineStore store = prepare(config);
        long before = otherAuthority && config.store().runsEtcd() ? 0 : store.revision();
        putAside(store);
        long floor = config.store().kind() == StoreConfig.Kind.EMBEDDED ? before + LOST_REVISIONS : before;
        long count = guarded(() -> file.store(dump -> store.fill(dump, floor, overwrite)));
        if (otherAuthority) {
            forgetNode();
        }
        progress.done(count + " objects restored");
    }

    /// Moves the state to another store.
    public void move(ClusterConfig config, StoreConfig target, boolean overwrite) {
        requireServer(config);
        requireDown();
        ClusterConfig moved = config.withStore(target);
        OfflineStore source = new OfflineStore(layout, config);
        OfflineStore destination = prepare(moved);
        putAside(destination);
        Path dump = layout.data().resolve("store.dump");
        try {
            Files.deleteIfExists(dump);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(dump))) {
                source.dump(out);
            }
            long floor = source.revision();
            long count;
            try (InputStream in = new BufferedInputStream(Files.newInputStream(dump))) {
                count = guarded(() -> destination.fill(in, floor, overwrite));
            }
            moved.save(layout.config());
            putAside(source);
            progress.done(count + " objects moved to " + target.describe());
        } catch (IOException e) {
            throw new CliException("cannot move the state: " + e.getMessage(), e);
        } finally {
            delete(dump);
        }
    }

    private interface Filling {
        long run();
    }

    private static long guarded(Filling filling) {
        try {
            return filling.run();
        } catch (StoreException e) {
            throw new CliException(String.valueOf(e.getMessage()), e);
        }
    }

    private OfflineStore prepare(ClusterConfig config) {
        if (config.store().runsEtcd()) {
            List<String> missing = HostPackages.missing(true);
            if (!missing.isEmpty()) {
                progress.begin("installing " + String.join(", ", missing));
                HostPackages.install(missing);
            }
        }
        new ClusterCertificates(layout, config).ensure();
        return new OfflineStore(layout, config);
    }

    /// What was there stays beside, until somebody removes it.
    private void putAside(OfflineStore store) {
        store.folder().filter(Files::exists).ifPresent(folder -> {
            String time =
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
            Path aside = folder.resolveSibling(folder.getFileName() + ".before-" + time);
            try {
                Files.move(folder, aside);
                progress.done("the former state is kept in " + aside);
            } catch (IOException e) {
                throw new CliException("cannot move " + folder + " to " + aside + ": " + e.getMessage(), e);
            }
        });
    }

    /// Another authority signed what the kubelet has: it joins anew.
    private void forgetNode() {
        delete(layout.kubeletRoot().resolve("kubelet.kubeconfig"));
        delete(layout.kubeletRoot().resolve("pki"));
    }

    private static void delete(Path path) {
        try {
            if (Files.isDirectory(path)) {
                Folders.delete(path);
            } else {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new CliException("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }

    private boolean isUp() {
        return new SupervisorClient(layout.supervisorSocket()).status().isPresent();
    }

    private void requireDown() {
        if (isUp()) {
            throw new CliException("the cluster runs: stop it with `gantry down` first");
        }
    }

    private static void requireServer(ClusterConfig config) {
        if (config.role() != ClusterConfig.Role.SERVER) {
            throw new CliException("this machine joined a cluster: its state is on the server");
        }
    }
}
