package io.gantry.kubelet.deviceplugin;

import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.deviceplugin.DeviceCheckpoint.Content;
import io.gantry.kubelet.deviceplugin.v1beta1.Device;
import io.gantry.kubelet.node.PluginResources;
import io.gantry.kubelet.plugin.DriverPaths;
import io.gantry.kubelet.plugin.PluginHandler;
import io.gantry.kubelet.plugin.PluginSockets;
import io.gantry.kubelet.pod.PodDevices;
import io.gantry.kubelet.podresources.v1.ContainerDevices;
import io.gantry.kubelet.podresources.v1.NUMANode;
import io.gantry.kubelet.podresources.v1.TopologyInfo;
import io.grpc.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that a node has to do with device plugins: they register, the node's status tells what they have, pods have
/// their devices. Thread-safe.
public final class NodeDevicePlugins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDevicePlugins.class);
    private static final String SOCKET = "kubelet.sock";

    /// Who hears of changes; must not block.
    ///
    /// @param pods told the uids of pods whose devices' health changed
    /// @param node told that the node's resources changed
    public record Nudges(Consumer<Set<String>> pods, Runnable node) {}

    private final UnixSockets sockets = new UnixSockets("device-plugins");
    private final Path folder;
    private final Nudges nudges;
    private final DeviceCheckpoint checkpoint;
    private final boolean fresh;
    private final KnownDevices known;
    private final HeldDevices held = new HeldDevices();
    private final DevicePlugins plugins;
    private final RegistrationService registration;
    private final CountDownLatch podsKnown = new CountDownLatch(1);
    private final PluginDevices devices;
    private Optional<Server> server = Optional.empty();

    /// Begins with what a former kubelet left.
    ///
    /// @param root the kubelet's folder
    public NodeDevicePlugins(Path root, Nudges nudges, Clock clock) throws IOException {
        this.folder = Files.createDirectories(root.resolve("device-plugins"));
        this.nudges = nudges;
        this.checkpoint = new DeviceCheckpoint(folder.resolve(DeviceCheckpoint.NAME));
        this.fresh = !checkpoint.exists();
        this.known = new KnownDevices(clock);
        this.plugins = new DevicePlugins(sockets, new DriverPaths(root), new DevicePlugins.Listener() {
            @Override
            public void told(String resource, List<Device> all) {
                NodeDevicePlugins.this.told(resource, all);
            }

            @Override
            public void stopped(String resource) {
                known.stopped(resource);
                nudges.node().run();
            }
        });
        this.registration = new RegistrationService(folder, plugins);
        this.devices = new PluginDevices(plugins, known, held, this::write, podsKnown);
        restore();
    }

    /// Serves registrations: plugins that see the new socket come anew.
    public synchronized void start() throws IOException {
        PluginSockets.removeFrom(folder);
        server = Optional.of(sockets.serve(folder.resolve(SOCKET), registration.bindService()));
    }

    /// What cannot be read is no reason not to run: upstream's kubelet goes on without it.
    private void restore() {
        try {
            Content content = checkpoint.read();
            content.held().forEach(held::put);
            known.expect(content.registered().keySet());
        } catch (IOException unreadable) {
            LOG.error("it is not known which pods have which devices", unreadable);
        }
    }

    private void told(String resource, List<Device> all) {
        Set<String> changed = known.told(resource, all);
        Set<String> users = held.users(resource, changed);
        if (!users.isEmpty()) {
            nudges.pods().accept(users);
        }
        writeOrWarn();
        nudges.node().run();
    }

    private void writeOrWarn() {
        try {
            write();
        } catch (UncheckedIOException failure) {
            LOG.warn("{}", failure.getMessage());
        }
    }

    private synchronized void write() {
        SortedMap<String, List<String>> registered = new TreeMap<>();
        known.healthy().forEach((resource, ids) -> registered.put(resource, List.copyOf(ids)));
        try {
            checkpoint.write(new Content(held.all(), registered));
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "failed to write checkpoint file \"" + DeviceCheckpoint.NAME + "\": " + failure.getMessage(),
                    failure);
        }
    }

    /// By the type of plugin.
    public Map<String, PluginHandler> handlers() {
        return Map.of(DevicePlugins.TYPE, plugins);
    }

    public PodDevices devices() {
        return devices;
    }

    /// What a container has, device by device and NUMA node by NUMA node.
    public List<ContainerDevices> of(String podUid, String container) {
        List<ContainerDevices> all = new ArrayList<>();
        held.of(podUid, container).forEach((resource, devices) -> add(resource, devices.devices(), all));
        return all;
    }

    /// What may be given, whether it is or not.
    public List<ContainerDevices> allocatable() {
        List<ContainerDevices> all = new ArrayList<>();
        known.healthy().forEach((resource, ids) -> add(resource, known.byNuma(resource, ids), all));
        return all;
    }

    private static void add(String resource, SortedMap<Long, List<String>> devices, List<ContainerDevices> all) {
        devices.forEach((numa, ids) -> ids.forEach(id -> {
            ContainerDevices.Builder one =
                    ContainerDevices.newBuilder().setResourceName(resource).addDeviceIds(id);
            if (numa != KnownDevices.NOWHERE) {
                one.setTopology(
                        TopologyInfo.newBuilder().addNodes(NUMANode.newBuilder().setID(numa)));
            }
            all.add(one.build());
        }));
    }

    /// What the node's status is to say.
    public PluginResources resources() {
        PluginResources resources = known.resources();
        if (!resources.removed().isEmpty()) {
            writeOrWarn();
        }
        return new PluginResources(resources.capacity(), resources.allocatable(), resources.removed(), fresh);
    }

    /// Takes back what pods had that ended while no kubelet ran; from now on devices are given to new ones. To be
    /// called when the pods are known.
    ///
    /// @param here whether a pod, by its uid, gives its devices back itself
    public void releaseOrphans(Predicate<String> here) {
        held.pods().stream().filter(uid -> !here.test(uid)).forEach(devices::unprepare);
        podsKnown.countDown();
    }

    /// Prometheus text.
    public String metrics() {
        return registration.metrics() + devices.metrics();
    }

    @Override
    public synchronized void close() {
        podsKnown.countDown();
        server.ifPresent(Server::shutdownNow);
        plugins.close();
        sockets.close();
    }
}
