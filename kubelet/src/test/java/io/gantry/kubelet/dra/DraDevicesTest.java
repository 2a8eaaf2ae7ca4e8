package io.gantry.kubelet.dra;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceHealth;
import io.gantry.api.core.v1.pod.ResourceStatus;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceKind;
import io.gantry.client.ApiClient;
import io.gantry.client.http.Call;
import io.gantry.client.http.Exchange;
import io.gantry.client.http.Reply;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.dra.health.HealthStatus;
import io.gantry.kubelet.plugin.DriverPaths;
import io.gantry.kubelet.plugin.PluginWatch;
import io.gantry.kubelet.plugin.v1.RegistrationStatus;
import io.gantry.kubelet.pod.DevicesFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kubelet's side of dynamic resource allocation against a driver that speaks gRPC on a socket.
class DraDevicesTest {
    private static final String V1 = "v1.DRAPlugin";
    private static final String DRIVER = "gpu.example.com";

    @TempDir
    private Path root;

    private final UnixSockets sockets = new UnixSockets("dra-test");
    private final Map<String, ResourceClaim> claims = new ConcurrentHashMap<>();
    private final List<String> deletions = new CopyOnWriteArrayList<>();
    private final Set<String> nudged = ConcurrentHashMap.newKeySet();
    private Optional<FakeDraDriver> driver = Optional.empty();
    private PluginWatch watch;
    private DraDrivers drivers;
    private HeldClaims held;
    private DraDevices devices;

    @BeforeEach
    void start() throws IOException {
        held = HeldClaims.read(root.resolve("dra_manager_state"));
        DeviceHealths healths = new DeviceHealths(Clock.systemUTC());
        Exchange api = new Exchange() {
            @Override
            public Reply send(Call call) {
                deletions.add(call.method() + " " + call.path());
                return new Reply.Whole("{}".getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public String name() {
                return "test";
            }

            @Override
            public void close() {}
        };
        SliceWipes wipes = new SliceWipes(
                "n", ApiClient.over(api, "kubelet").resource(ResourceSliceKind.KIND), Duration.ofMillis(100));
        HealthWatch health = new HealthWatch(healths, held, nudged::addAll);
        drivers = new DraDrivers(sockets, new DriverPaths(root), wipes, health::follow);
        devices = new DraDevices(drivers, held, healths, (ns, name) -> Optional.ofNullable(claims.get(name)));
        watch = new PluginWatch(root.resolve("plugins_registry"), sockets, Map.of(DraDrivers.TYPE, drivers)).start();
    }

    @AfterEach
    void stop() throws IOException {
        leave();
        if (driver.isPresent()) {
            driver.get().close();
        }
        sockets.close();
    }

    /// The kubelet is killed: what it has not written is lost.
    private void leave() throws IOException {
        watch.close();
        drivers.close();
    }

    private FakeDraDriver installed(String service) throws IOException {
        Path socket = Files.createDirectories(root.resolve("plugins_registry")).resolve("d.sock");
        FakeDraDriver fake = new FakeDraDriver(DRIVER, service, socket, "example.com/gpu=d0");
        driver = Optional.of(fake);
        await().until(() -> !fake.told().isEmpty());
        return fake;
    }

    private static Pod pod(String name) {
        return read(
                "{'metadata':{'name':'" + name + "','namespace':'d','uid':'uid-" + name + "'},'spec':{'resourceClaims':"
                        + "[{'name':'gpu','resourceClaimName':'c'}],'containers':[{'name':'one','resources':{'claims':"
                        + "[{'name':'gpu','request':'r'}]}},{'name':'two'},{'name':'three','resources':{'claims':"
                        + "[{'name':'gpu','request':'other'}]}}]}}",
                Pod.class);
    }

    private void allocated(String uid, String... pods) {
        List<String> users = List.of(pods).stream()
                .map(pod -> "{'resource':'pods','name':'" + pod + "','uid':'uid-" + pod + "'}")
                .toList();
        claims.put(
                "c",
                read(
                        "{'metadata':{'name':'c','namespace':'d','uid':'" + uid + "'},'status':{'reservedFor':["
                                + String.join(",", users)
                                + "],'allocation':{'devices':{'results':[{'request':'r','driver':'" + DRIVER
                                + "','pool':'pool','device':'d0'}]}}}}",
                        ResourceClaim.class));
    }

    private static <T> T read(String json, Class<T> type) {
        return Json.MAPPER.readValue(json.replace('\'', '"'), type);
    }

    private List<String> names(int container) {
        return devices.of(pod("a"), pod("a").spec().containers().get(container)).cdiNames();
    }

    private String failure(Runnable call) {
        return String.valueOf(assertThrows(DevicesFailure.class, call::run).getMessage());
    }

    @Test
    void aClaimIsPreparedOnceAndTakenBackWithItsLastPod() throws IOException {
        FakeDraDriver fake = installed(V1);
        allocated("1", "a", "b");
        devices.prepare(pod("a"));
        devices.prepare(pod("b"));
        assertEquals(List.of("prepare d/c"), fake.calls());
        assertEquals(List.of("example.com/gpu=d0"), names(0));
        assertEquals(List.of(), names(1));
        assertEquals(List.of(), names(2), "another request's");
        devices.unprepare("uid-a");
        assertEquals(List.of("prepare d/c"), fake.calls());
        devices.unprepare("uid-b");
        devices.unprepare("uid-b");
        assertEquals(List.of("prepare d/c", "unprepare d/c"), fake.calls());
    }

    @Test
    void aDriverOfTheFormerVersionIsCalledByItsName() throws IOException {
        FakeDraDriver fake = installed("v1beta1.DRAPlugin");
        allocated("1", "a");
        devices.prepare(pod("a"));
        devices.unprepare("uid-a");
        assertEquals(List.of("prepare d/c", "unprepare d/c"), fake.calls());
    }

    @Test
    void aDriverOfNoKnownVersionIsRefused() throws IOException {
        RegistrationStatus told = installed("v2.DRAPlugin").told().getFirst();
        assertFalse(told.getPluginRegistered());
        assertTrue(
                told.getError()
                        .contains("none of services supported by the plugin ([\"v2.DRAPlugin\"]) are supported by the"
                                + " kubelet ([\"v1.DRAPlugin\" \"v1beta1.DRAPlugin\"])"),
                told.getError());
    }

    @Test
    void whatIsNotThePodsIsNotPrepared() throws IOException {
        assertEquals(
                "prepare dynamic resources: fetch ResourceClaim c: resourceclaims.resource.k8s.io \"c\" not found",
                failure(() -> devices.prepare(pod("a"))));
        allocated("1", "b");
        assertEquals(
                "prepare dynamic resources: pod a (uid-a) is not allowed to use ResourceClaim c (1)",
                failure(() -> devices.prepare(pod("a"))));
        allocated("1", "a");
        assertEquals(
                "prepare dynamic resources: DRA driver " + DRIVER + " is not registered",
                failure(() -> devices.prepare(pod("a"))));
        assertEquals(Set.of(), held.pods());
        FakeDraDriver fake = installed(V1);
        fake.failWith("no power");
        assertEquals(
                "prepare dynamic resources: NodePrepareResources failed for ResourceClaim c: no power",
                failure(() -> devices.prepare(pod("a"))));
        assertEquals(
                "unprepare dynamic resources: NodeUnprepareResources failed for ResourceClaim c: no power",
                failure(() -> devices.unprepare("uid-a")));
        fake.failWith("");
        devices.unprepare("uid-a");
        assertEquals(Set.of(), held.pods());
    }

    @Test
    void theNextKubeletTakesBackWhatAKilledOnePrepared() throws IOException {
        FakeDraDriver fake = installed(V1);
        allocated("1", "a");
        devices.prepare(pod("a"));
        leave();
        start();
        assertEquals(List.of("example.com/gpu=d0"), names(0));
        await().until(() -> fake.told().size() == 2);
        devices.prepare(pod("a"));
        assertEquals(List.of("prepare d/c", "prepare d/c"), fake.calls());
        devices.unprepare("uid-a");
        assertEquals("unprepare d/c", fake.calls().getLast());
        leave();
        start();
        assertEquals(Set.of(), held.pods());
    }

    @Test
    void aClaimOfTheNameWaitsForTheFormerOne() throws IOException {
        installed(V1);
        allocated("1", "a");
        devices.prepare(pod("a"));
        allocated("2", "b");
        assertEquals(
                "prepare dynamic resources: old ResourceClaim with same name c and different UID 1 still exists"
                        + " (previous pod force-deleted?!)",
                failure(() -> devices.prepare(pod("b"))));
    }

    @Test
    void theHealthOfDevicesIsTold() throws IOException {
        FakeDraDriver fake = installed(V1);
        allocated("1", "a");
        devices.prepare(pod("a"));
        assertEquals(
                health("Unknown", null),
                devices.health(pod("a"), pod("a").spec().containers().getFirst()));
        await().until(() -> fake.watchers() == 1);
        fake.tell(HealthStatus.UNHEALTHY, "too hot");
        await().until(() -> nudged.contains("uid-a"));
        assertEquals(
                health("Unhealthy", "too hot"),
                devices.health(pod("a"), pod("a").spec().containers().getFirst()));
    }

    private static List<ResourceStatus> health(String health, @Nullable String message) {
        return List.of(
                new ResourceStatus("claim:gpu/r", List.of(new ResourceHealth("example.com/gpu=d0", health, message))));
    }

    @Test
    void aDriverThatStaysAwayLosesItsSlices() throws IOException {
        FakeDraDriver fake = installed(V1);
        allocated("1", "a");
        devices.prepare(pod("a"));
        fake.close();
        await().until(() -> !deletions.isEmpty());
        assertEquals(
                "DELETE /apis/resource.k8s.io/v1/resourceslices?fieldSelector=spec.nodeName%3Dn%2Cspec.driver%3D"
                        + DRIVER,
                deletions.getFirst());
    }
}
