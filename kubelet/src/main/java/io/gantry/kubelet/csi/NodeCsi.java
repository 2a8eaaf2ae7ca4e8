package io.gantry.kubelet.csi;

import io.gantry.api.StatusException;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.client.informer.InformerHandler;
import io.gantry.component.DoublingPauses;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.plugin.DriverPaths;
import io.gantry.kubelet.plugin.PluginHandler;
import io.gantry.kubelet.pod.PodFiles;
import io.gantry.kubelet.volume.PodDirectories;
import io.gantry.kubelet.volume.ServiceAccountTokens;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that a node has to do with CSI: its drivers come and go by their sockets, pods have their volumes.
public final class NodeCsi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCsi.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);

    private final UnixSockets sockets = new UnixSockets("csi");
    private final CsiDrivers drivers;
    private final CsiVolumes volumes;
    private final LimitUpdates limits;
    private final AtomicBoolean unstaging = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param inUseChanged called when other volumes are in use; must not block
    public NodeCsi(
            PodDirectories directories,
            ApiCsiCluster csi,
            Cluster cluster,
            PodEvents events,
            ServiceAccountTokens tokens,
            Runnable inUseChanged)
            throws IOException {
        this.limits = new LimitUpdates(new CsiNodeInfo(csi.nodeName(), csi.client()), this::driver);
        this.drivers = new CsiDrivers(sockets, new DriverPaths(directories.root()), limits);
        this.volumes = new CsiVolumes(
                directories,
                csi.nodeName(),
                drivers,
                new CsiVolumes.Parts(cluster, csi, events),
                tokens,
                new CsiVolumes.Watcher() {
                    @Override
                    public void inUseChanged() {
                        inUseChanged.run();
                    }

                    @Override
                    public void leftStaged() {
                        unstageLater();
                    }
                });
    }

    /// One thread at a time tries what drivers could not unstage, until it is done or pods have it again.
    private void unstageLater() {
        if (unstaging.compareAndSet(false, true)) {
            Thread.ofVirtual().name("csi-unstage").start(() -> {
                untilDone(this::unstaged, closed);
                unstaging.set(false);
                if (volumes.remembersMore() && closed.getCount() > 0) {
                    unstageLater();
                }
            });
        }
    }

    private boolean unstaged() {
        try {
            volumes.releaseForgotten();
            return true;
        } catch (IOException | StatusException failure) {
            LOG.debug("volumes that no pod has: {}", failure.getMessage());
            return false;
        }
    }

    private DriverClient driver(String name) throws CsiFailure {
        return drivers.client(name);
    }

    /// Told of the cluster's CSIDrivers. Never blocks.
    public InformerHandler<CSIDriver> driverObjects() {
        return InformerHandler.of(limits::follow, limits::forget);
    }

    public CsiVolumes volumes() {
        return volumes;
    }

    /// By the type of plugin.
    public Map<String, PluginHandler> handlers() {
        return Map.of(CsiDrivers.TYPE, drivers);
    }

    /// Takes down what pods left that ended while no kubelet ran. To be called when the pods are known; returns at
    /// once. A driver may not be there yet: it is tried until it is done.
    ///
    /// @param known whether a pod, by its uid, takes its own volumes down
    public void releaseOrphans(Predicate<String> known, PodFiles files, CountDownLatch stopped) {
        if (volumes.pods().stream().allMatch(known) && !volumes.remembersMore()) {
            return;
        }
        Thread.ofVirtual().name("csi-orphans").start(() -> untilDone(() -> released(known, files), stopped));
    }

    private static void untilDone(BooleanSupplier attempt, CountDownLatch stopped) {
        try {
            new DoublingPauses(FIRST_RETRY, LONGEST_RETRY).tryUntilDone(attempt, stopped);
        } catch (InterruptedException stopping) {
            LOG.debug("stopped", stopping);
        }
    }

    private boolean released(Predicate<String> known, PodFiles files) {
        try {
            for (String uid : volumes.pods()) {
                if (!known.test(uid)) {
                    files.tearDown(uid);
                }
            }
            volumes.releaseForgotten();
            return true;
        } catch (IOException | StatusException failure) {
            LOG.warn("volumes that no pod has: {}", failure.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        limits.close();
        sockets.close();
    }
}
