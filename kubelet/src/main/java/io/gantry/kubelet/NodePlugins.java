package io.gantry.kubelet;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.ApiClient;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.csi.CsiVolumes;
import io.gantry.kubelet.csi.NodeCsi;
import io.gantry.kubelet.deviceplugin.NodeDevicePlugins;
import io.gantry.kubelet.dra.NodeDevices;
import io.gantry.kubelet.node.PluginResources;
import io.gantry.kubelet.plugin.PluginHandler;
import io.gantry.kubelet.plugin.PluginWatch;
import io.gantry.kubelet.pod.PodDevices;
import io.gantry.kubelet.pod.PodFiles;
import io.gantry.kubelet.podresources.NodePodResources;
import io.gantry.kubelet.podresources.PodResourceSources;
import io.gantry.kubelet.podresources.v1.ContainerDevices;
import io.gantry.kubelet.podresources.v1.DynamicResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/// What others bring to this node by sockets in the kubelet's folder: volumes of CSI drivers, devices of drivers and of
/// device plugins; who finds them, and who tells agents what pods have of them.
final class NodePlugins implements AutoCloseable {
    /// The kubelet around it. Its methods are called from any thread and do not block.
    interface Node {
        /// The pods that have not ended.
        List<Pod> active();

        /// Told the uids of pods whose devices' health changed.
        void podsChanged(Set<String> podUids);

        /// Told when the node's status is to be looked at again.
        void nodeChanged();
    }

    private final NodeCsi csi;
    private final NodeDevices devices;
    private final NodeDevicePlugins devicePlugins;
    private final NodePodResources podResources;
    private final UnixSockets sockets = new UnixSockets("plugins");
    private final PluginWatch watch;

    /// @param csi taken over: closed with this
    NodePlugins(KubeletConfig config, ApiClient client, NodeCsi csi, Node node, Clock clock) throws IOException {
        Path root = config.rootDir().toAbsolutePath();
        this.csi = csi;
        this.devices = new NodeDevices(root, config.nodeName(), client, node::podsChanged, clock);
        this.devicePlugins =
                new NodeDevicePlugins(root, new NodeDevicePlugins.Nudges(node::podsChanged, node::nodeChanged), clock);
        this.podResources = new NodePodResources(root, new Sources(node, devicePlugins, devices), clock);
        Map<String, PluginHandler> handlers = new HashMap<>(csi.handlers());
        handlers.putAll(devices.handlers());
        handlers.putAll(devicePlugins.handlers());
        this.watch = new PluginWatch(root.resolve("plugins_registry"), sockets, handlers);
    }

    private record Sources(Node node, NodeDevicePlugins devicePlugins, NodeDevices drivers)
            implements PodResourceSources {
        @Override
        public List<Pod> pods() {
            return node.active();
        }

        @Override
        public List<ContainerDevices> devices(String podUid, String container) {
            return devicePlugins.of(podUid, container);
        }

        @Override
        public List<ContainerDevices> allocatable() {
            return devicePlugins.allocatable();
        }

        @Override
        public List<DynamicResource> claims(Pod pod, Container container) {
            return drivers.of(pod, container);
        }
    }

    CsiVolumes volumes() {
        return csi.volumes();
    }

    PodDevices podDevices() {
        return PodDevices.of(devicePlugins.devices(), devices.devices());
    }

    /// What the node's status is to say of device plugins.
    PluginResources resources() {
        return devicePlugins.resources();
    }

    /// Prometheus text.
    String metrics() {
        return devicePlugins.metrics() + podResources.metrics();
    }

    /// Looks for plugins and serves their registrations; returns at once.
    void start() throws IOException {
        devices.start();
        devicePlugins.start();
        podResources.start();
        watch.start();
    }

    /// Takes back what pods had that ended while no kubelet ran. To be called when the pods are known; returns at once.
    ///
    /// @param known whether a pod, by its uid, gives back itself what it has
    void releaseOrphans(Predicate<String> known, PodFiles files, CountDownLatch stopped) {
        csi.releaseOrphans(known, files, stopped);
        devicePlugins.releaseOrphans(known);
        devices.releaseOrphans(known, stopped);
    }

    @Override
    public void close() throws Exception {
        watch.close();
        csi.close();
        devices.close();
        devicePlugins.close();
        podResources.close();
        sockets.close();
    }
}
