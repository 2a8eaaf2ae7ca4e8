package io.gantry.kubelet.deviceplugin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceHealth;
import io.gantry.api.core.v1.pod.ResourceStatus;
import io.gantry.api.resource.Quantity;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.deviceplugin.v1beta1.DeviceSpec;
import io.gantry.kubelet.deviceplugin.v1beta1.Mount;
import io.gantry.kubelet.node.PluginResources;
import io.gantry.kubelet.plugin.PluginWatch;
import io.gantry.kubelet.pod.DevicesFailure;
import io.gantry.kubelet.runtime.ContainerDevices;
import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.MountSpec;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kubelet's side of device plugins against one that speaks gRPC on a socket.
class NodeDevicePluginsTest {
    private static final String RESOURCE = "example.com/gpu";
    private static final String V = "v1beta1";

    @TempDir
    private Path root;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Set<String> nudged = ConcurrentHashMap.newKeySet();
    private NodeDevicePlugins node;

    @BeforeEach
    void start() throws IOException {
        node = new NodeDevicePlugins(root, new NodeDevicePlugins.Nudges(nudged::addAll, () -> {}), clock(now));
        node.start();
        node.releaseOrphans(uid -> true);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static Clock clock(AtomicReference<Instant> now) {
        return ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    }

    private Path folder() {
        return root.resolve("device-plugins");
    }

    private FakeDevicePlugin installed(String... devices) throws IOException {
        FakeDevicePlugin plugin = new FakeDevicePlugin(RESOURCE, folder().resolve("fake.sock"), devices);
        plugin.register(folder().resolve("kubelet.sock"), V);
        await().until(() -> amounts().equals(devices.length + "/" + devices.length));
        return plugin;
    }

    /// Allocatable and capacity.
    private String amounts() {
        PluginResources resources = node.resources();
        return resources.allocatable().getOrDefault(RESOURCE, Quantity.ZERO) + "/"
                + resources.capacity().getOrDefault(RESOURCE, Quantity.ZERO);
    }

    private static String container(String name, int devices) {
        return "{'name':'" + name + "','resources':{'limits':{'cpu':'1','" + RESOURCE + "':'" + devices
                + "','example.com/unknown':'1'}}}";
    }

    private static Pod pod(String name, String initContainers, String containers) {
        return Json.MAPPER.readValue(
                ("{'metadata':{'name':'" + name + "','namespace':'d','uid':'uid-" + name + "'},'spec':{"
                                + "'initContainers':[" + initContainers + "],'containers':[" + containers + "]}}")
                        .replace('\'', '"'),
                Pod.class);
    }

    private static Pod pod(String name, int devices) {
        return pod(name, "", container("c", devices));
    }

    private ContainerDevices given(Pod pod) {
        return node.devices().of(pod, pod.spec().containers().getFirst());
    }

    private String environment(Pod pod, Container container) {
        return node.devices().of(pod, container).environment().toString();
    }

    private String refusal(Pod pod) {
        return String.valueOf(assertThrows(
                        DevicesFailure.class, () -> node.devices().admit(pod, Set.of()))
                .getMessage());
    }

    @Test
    void aPodHasItsDevicesUntilItEnds() throws IOException {
        try (FakeDevicePlugin plugin = installed("d0", "d1", "d2")
                .giving(
                        DeviceSpec.newBuilder()
                                .setContainerPath("/dev/x")
                                .setHostPath("/dev/null")
                                .setPermissions("rw")
                                .build(),
                        Mount.newBuilder()
                                .setContainerPath("/x")
                                .setHostPath("/tmp")
                                .setReadOnly(true)
                                .build(),
                        "e/x=1")) {
            Pod first = pod("first", 2);
            node.devices().admit(first, Set.of());
            ContainerDevices given = given(first);
            assertEquals(List.of(new ContainerSpec.EnvEntry("DEVICES", "d1,d2")), given.environment());
            assertEquals(List.of(new ContainerSpec.DeviceSpec("/dev/x", "/dev/null", "rw")), given.devices());
            assertEquals(List.of(MountSpec.of("/x", "/tmp", true)), given.mounts());
            assertEquals(Map.of("fake", "plugin"), given.annotations());
            assertEquals(List.of("e/x=1"), given.cdiNames());
            assertEquals(
                    "requested number of devices unavailable for " + RESOURCE + ". Requested: 2, Available: 1",
                    refusal(pod("second", 2)));
            assertEquals(
                    "requested number of devices unavailable for " + RESOURCE + ". Requested: 3000000000, Available: 1",
                    refusal(pod("second", "", container("c", 7).replace("'7'", "'3G'"))));
            node.devices().unprepare("uid-first");
            node.devices().admit(pod("second", 2), Set.of());
            assertEquals(
                    List.of(
                            "prefer 2 of [d0, d1, d2] with []",
                            "allocate [d1, d2]",
                            "pre-start [d1, d2]",
                            "prefer 2 of [d0, d1, d2] with []",
                            "allocate [d1, d2]"),
                    plugin.calls());
        }
    }

    @Test
    void devicesOfInitContainersAreForThoseAfterThem() throws IOException {
        try (FakeDevicePlugin plugin = installed("d0", "d1", "d2")) {
            String sidecar = container("s", 1).replace("'name':'s'", "'name':'s','restartPolicy':'Always'");
            Pod pod = pod("p", container("i", 2) + "," + sidecar, container("a", 1) + "," + container("b", 1));
            node.devices().admit(pod, Set.of());
            assertTrue(environment(pod, pod.spec().initContainers().getFirst()).contains("d1,d2"));
            assertTrue(environment(pod, pod.spec().initContainers().get(1)).contains("d1"));
            assertTrue(environment(pod, pod.spec().containers().getFirst()).contains("d2"));
            assertTrue(environment(pod, pod.spec().containers().get(1)).contains("d0"));
            assertEquals(
                    "requested number of devices unavailable for " + RESOURCE + ". Requested: 1, Available: 0",
                    refusal(pod("q", 1)));
            assertEquals(
                    4,
                    plugin.calls().stream()
                            .filter(c -> c.startsWith("allocate"))
                            .count());
        }
    }

    @Test
    void theNextKubeletKnowsWhoHasWhat() throws IOException {
        try (FakeDevicePlugin plugin = installed("d0", "d1")) {
            Pod pod = pod("p", 2);
            node.devices().admit(pod, Set.of());
            node.close();
            node = new NodeDevicePlugins(root, new NodeDevicePlugins.Nudges(nudged::addAll, () -> {}), clock(now));
            assertFalse(node.resources().fresh());
            node.start();
            assertEquals("0/0", amounts(), "until the plugin comes anew");
            node.releaseOrphans(uid -> true);
            node.devices().admit(pod, Set.of("c"));
            assertEquals(
                    List.of(new ContainerSpec.EnvEntry("DEVICES", "d0,d1")),
                    given(pod).environment(),
                    "a container that runs keeps what it has");
            assertEquals("no healthy devices present; cannot allocate unhealthy devices " + RESOURCE, refusal(pod));
            plugin.comeAgain(folder().resolve("kubelet.sock"), V);
            await().until(() -> amounts().equals("2/2"));
            node.devices().admit(pod, Set.of());
            assertEquals(
                    1,
                    plugin.calls().stream()
                            .filter(c -> c.startsWith("allocate"))
                            .count());
            node.close();
            node = new NodeDevicePlugins(root, new NodeDevicePlugins.Nudges(nudged::addAll, () -> {}), clock(now));
            node.start();
            node.releaseOrphans(uid -> false);
            plugin.comeAgain(folder().resolve("kubelet.sock"), V);
            await().until(() -> amounts().equals("2/2"));
            node.devices().admit(pod("q", 2), Set.of());
        }
    }

    @Test
    void aPluginThatGoesLeavesNothingToAllocate() throws IOException {
        FakeDevicePlugin plugin = installed("d0", "d1");
        node.devices().admit(pod("p", 1), Set.of());
        plugin.tell("Unhealthy", "d0", "d1");
        await().until(() -> amounts().equals("0/2") && nudged.contains("uid-p"));
        assertEquals(
                List.of(new ResourceStatus(RESOURCE, List.of(new ResourceHealth("d1", "Unhealthy", null)))),
                node.devices()
                        .health(pod("p", 1), pod("p", 1).spec().containers().getFirst()));
        plugin.tell("Healthy", "d0", "d1");
        await().until(() -> amounts().equals("2/2"));
        plugin.close();
        await().until(() -> amounts().equals("0/2"));
        assertEquals("no healthy devices present; cannot allocate unhealthy devices " + RESOURCE, refusal(pod("q", 1)));
        now.set(Instant.EPOCH.plus(Duration.ofMinutes(6)));
        assertEquals(Set.of(RESOURCE), node.resources().removed());
        Path checkpoint = folder().resolve(DeviceCheckpoint.NAME);
        assertEquals(Map.of(), new DeviceCheckpoint(checkpoint).read().registered());
        assertEquals(Set.of(), node.resources().removed());
        assertEquals("cannot allocate unregistered device " + RESOURCE, refusal(pod("q", 1)));
    }

    @Test
    void whatFailsIsToldAsUpstreamDoes() throws IOException {
        Path kubelet = folder().resolve("kubelet.sock");
        try (FakeDevicePlugin plugin = installed("d0")) {
            plugin.failWith("no power");
            assertEquals("rpc error: code = Unknown desc = no power", refusal(pod("p", 1)));
            plugin.failWith("");
            node.devices().admit(pod("q", 1), Set.of());
            assertEquals(
                    "UNKNOWN: requested API version \"v9\" is not supported by kubelet. Supported version is"
                            + " [\"v1beta1\"]",
                    String.valueOf(assertThrows(StatusRuntimeException.class, () -> plugin.register(kubelet, "v9"))
                            .getMessage()));
            try (FakeDevicePlugin other = new FakeDevicePlugin("cpu", folder().resolve("other.sock"))) {
                assertEquals(
                        "UNKNOWN: the ResourceName \"cpu\" is invalid",
                        String.valueOf(assertThrows(StatusRuntimeException.class, () -> other.register(kubelet, V))
                                .getMessage()));
            }
            assertTrue(node.metrics().contains("kubelet_device_plugin_registration_total{resource_name=\"cpu\"} 1"));
        }
    }

    @Test
    void aPluginMayComeByTheWatcher() throws IOException {
        Path sockets = root.resolve("plugins_registry");
        try (UnixSockets own = new UnixSockets("watch-test");
                PluginWatch _ = new PluginWatch(sockets, own, node.handlers()).start();
                FakeDevicePlugin plugin = new FakeDevicePlugin(RESOURCE, sockets.resolve("f.sock"), "d0")) {
            await().until(() -> amounts().equals("1/1"));
            await().until(() -> plugin.calls().contains("registered true"));
            plugin.close();
            await().until(() -> amounts().equals("0/1"));
        }
    }
}
