package io.gantry.kubelet.dra;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceKind;
import io.gantry.client.ApiClient;
import io.gantry.component.DoublingPauses;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.plugin.DriverPaths;
import io.gantry.kubelet.plugin.PluginHandler;
import io.gantry.kubelet.pod.DevicesFailure;
import io.gantry.kubelet.pod.PodDevices;
import io.gantry.kubelet.podresources.v1.DynamicResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that a node has to do with dynamic resource allocation: its drivers come and go by their sockets, pods have
/// their devices.
public final class NodeDevices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDevices.class);

    /// Upstream's `defaultReconcilePeriod`.
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    private static final String STATE = "dra_manager_state";

    private final UnixSockets sockets = new UnixSockets("dra");
    private final SliceWipes wipes;
    private final DraDrivers drivers;
    private final HeldClaims held;
    private final HealthWatch healthWatch;
    private final DraDevices devices;

    /// @param nudge told the uids of pods whose devices' health changed; must not block
    public NodeDevices(Path root, String node, ApiClient client, Consumer<Set<String>> nudge, Clock clock)
            throws IOException {
        this.held = HeldClaims.read(root.resolve(STATE));
        this.wipes = new SliceWipes(node, client.resource(ResourceSliceKind.KIND), SliceWipes.DELAY);
        DeviceHealths healths = new DeviceHealths(clock);
        this.healthWatch = new HealthWatch(healths, held, nudge);
        this.drivers = new DraDrivers(sockets, new DriverPaths(root), wipes, healthWatch::follow);
        this.devices = new DraDevices(
                drivers,
                held,
                healths,
                (namespace, name) -> client.resource(ResourceClaimKind.KIND).find(namespace, name));
    }

    /// By the type of plugin.
    public Map<String, PluginHandler> handlers() {
        return Map.of(DraDrivers.TYPE, drivers);
    }

    public PodDevices devices() {
        return devices;
    }

    /// What a container has by claims.
    public List<DynamicResource> of(Pod pod, Container container) {
        return devices.resources(pod, container);
    }

    /// Forgets what drivers had to offer before this kubelet; returns at once.
    public void start() {
        wipes.all();
    }

    /// Takes back what pods left that ended while no kubelet ran. To be called when the pods are known; returns at
    /// once. A driver may not be there yet: it is tried until it is done.
    ///
    /// @param known whether a pod, by its uid, gives its devices back itself
    public void releaseOrphans(Predicate<String> known, CountDownLatch stopped) {
        if (held.pods().stream().allMatch(known)) {
            return;
        }
        Thread.ofVirtual().name("devices-orphans").start(() -> {
            try {
                new DoublingPauses(FIRST_RETRY, LONGEST_RETRY).tryUntilDone(() -> released(known), stopped);
            } catch (InterruptedException stopping) {
                LOG.debug("stopped", stopping);
            }
        });
    }

    private boolean released(Predicate<String> known) {
        boolean all = true;
        for (String uid : held.pods()) {
            if (!known.test(uid)) {
                try {
                    devices.unprepare(uid);
                } catch (DevicesFailure | UncheckedIOException failure) {
                    LOG.warn("devices that pod {} left: {}", uid, failure.getMessage());
                    all = false;
                }
            }
        }
        return all;
    }

    @Override
    public void close() {
        healthWatch.close();
        drivers.close();
        sockets.close();
    }
}
