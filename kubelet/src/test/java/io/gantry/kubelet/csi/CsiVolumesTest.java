package io.gantry.kubelet.csi;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.volumeattachment.CsiNames;
import io.gantry.client.event.EventSink;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.csi.v1.NodeGetInfoResponse;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import io.gantry.kubelet.plugin.DriverPaths;
import io.gantry.kubelet.plugin.PluginWatch;
import io.gantry.kubelet.volume.PodDirectories;
import io.gantry.kubelet.volume.ServiceAccountTokens;
import io.gantry.kubelet.volume.VolumeFailure;
import io.gantry.kubelet.volume.VolumeLimitReached;
import io.gantry.kubelet.volume.VolumeNotReady;
import io.gantry.kubelet.volume.VolumeRoom;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kubelet's side of CSI against a driver that speaks gRPC on a socket.
class CsiVolumesTest {
    private static final String DRIVER = "fake.csi";
    private static final String NODE = "n";

    @TempDir
    private Path root;

    private final UnixSockets sockets = new UnixSockets("csi-test");
    private final Map<String, NodeGetInfoResponse> installed = new ConcurrentHashMap<>();
    private final List<String> events = new ArrayList<>();
    private final FakeCsiCluster cluster = new FakeCsiCluster(NODE);
    private final AtomicInteger left = new AtomicInteger();
    private Optional<FakeDriver> driver = Optional.empty();
    private PluginWatch watch;
    private CsiDrivers drivers;
    private LimitUpdates limits;
    private CsiVolumes volumes;

    @BeforeEach
    void start() throws IOException {
        NodeRegister register = new NodeRegister() {
            @Override
            public void install(String name, NodeGetInfoResponse info) {
                installed.put(name, info);
            }

            @Override
            public void uninstall(String name) {
                installed.remove(name);
            }
        };
        limits = new LimitUpdates(register, name -> drivers.client(name));
        drivers = new CsiDrivers(sockets, new DriverPaths(root), limits);
        watch = new PluginWatch(root.resolve("plugins_registry"), sockets, Map.of(CsiDrivers.TYPE, drivers)).start();
        volumes = restarted();
        cluster.setDriver("{'attachRequired':false,'volumeLifecycleModes':['Persistent','Ephemeral'],"
                + "'podInfoOnMount':true,'fsGroupPolicy':'File'}");
    }

    /// As a kubelet's new process sees the node.
    private CsiVolumes restarted() throws IOException {
        PodEvents told = new PodEvents(new EventSink() {
            @Override
            public void event(KubernetesObject regarding, String type, String reason, String message) {
                events.add(reason);
            }

            @Override
            public void event(ObjectReference regarding, String type, String reason, String message) {
                events.add(reason);
            }
        });
        return new CsiVolumes(
                new PodDirectories(root),
                NODE,
                drivers,
                new CsiVolumes.Parts(cluster, cluster, told),
                new ServiceAccountTokens(cluster, Clock.systemUTC()),
                new CsiVolumes.Watcher() {
                    @Override
                    public void inUseChanged() {}

                    @Override
                    public void leftStaged() {
                        left.incrementAndGet();
                    }
                });
    }

    @AfterEach
    void stop() throws IOException {
        watch.close();
        limits.close();
        if (driver.isPresent()) {
            driver.get().close();
        }
        sockets.close();
    }

    private FakeDriver driver() throws IOException {
        return driver("CSIPlugin");
    }

    private FakeDriver driver(String type) throws IOException {
        FakeDriver made = new FakeDriver(type, DRIVER, root.resolve("plugins_registry/" + DRIVER + "-reg.sock"));
        driver = Optional.of(made);
        await().until(() -> !made.told().isEmpty());
        return made;
    }

    private static <T> T json(String text, Class<T> type) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }

    private static Pod pod(String uid) {
        return json(
                "{'metadata':{'name':'p','namespace':'default','uid':'" + uid + "'},"
                        + "'spec':{'serviceAccountName':'sa','securityContext':{},'containers':[{'name':'c'}],"
                        + "'volumes':[{'name':'in','csi':{'driver':'" + DRIVER + "','readOnly':true}}]}}",
                Pod.class);
    }

    private static PersistentVolume volume(String more) {
        return json(
                "{'metadata':{'name':'pv'},'spec':{'capacity':{'storage':'1Gi'},'accessModes':['ReadWriteOnce'],"
                        + "'csi':{'driver':'" + DRIVER + "','volumeHandle':'h','volumeAttributes':{'k':'v'}," + more
                        + "}",
                PersistentVolume.class);
    }

    private static PersistentVolumeClaim claim(String capacity) {
        return json(
                "{'metadata':{'name':'c','namespace':'default'},'spec':{'volumeName':'pv'},"
                        + "'status':{'phase':'Bound','capacity':{'storage':'" + capacity + "'},"
                        + "'conditions':[{'type':'FileSystemResizePending','status':'True'}]}}",
                PersistentVolumeClaim.class);
    }

    @Test
    void aDriverThatCanTellsHowFullAVolumeIs() throws Exception {
        FakeDriver fake = driver();
        setUp("u");
        Pod pod = json(
                "{'metadata':{'name':'p','namespace':'default','uid':'u'},'spec':{'volumes':[{'name':'v',"
                        + "'persistentVolumeClaim':{'claimName':'c'}},{'name':'other','emptyDir':{}}]}}",
                Pod.class);
        assertEquals(List.of(), volumes.room(pod), "it cannot");
        fake.withCapabilities(Type.STAGE_UNSTAGE_VOLUME, Type.GET_VOLUME_STATS);
        VolumeRoom room = volumes.room(pod).getFirst();
        assertEquals("v of c", room.name() + " of " + room.claim().orElseThrow());
        assertEquals(new VolumeRoom.Amount(6, 10, 4), room.bytes());
        assertEquals(VolumeRoom.Amount.UNKNOWN, room.inodes());
        assertEquals("stats h of mount", fake.calls().getLast());
        volumes.tearDown("u");
        assertEquals(List.of(), volumes.room(pod));
    }

    private Path setUp(String uid) throws VolumeFailure {
        return volumes.setUp(pod(uid), volume("'fsType':'ext4'}}"), claim("1Gi"), false);
    }

    @Test
    void aDriverIsRegisteredAsLongAsItsSocketIsThere() throws Exception {
        FakeDriver made = driver();
        assertTrue(made.told().getFirst().getPluginRegistered());
        assertEquals(8, installed.get(DRIVER).getMaxVolumesPerNode());
        made.close();
        await().until(installed::isEmpty);
        FakeDriver again = driver();
        assertTrue(again.told().getFirst().getPluginRegistered());
        assertEquals(Set.of(DRIVER), installed.keySet());
    }

    @Test
    void theFoldersThatManifestsOfDriversExpectAreThere() {
        assertTrue(Files.isDirectory(root.resolve("plugins")));
        assertTrue(Files.isDirectory(root.resolve("plugins_registry")));
        assertTrue(Files.isDirectory(root.resolve("pods")));
    }

    @Test
    void otherPluginsAreRefusedByName() throws Exception {
        FakeDriver made = driver("DevicePlugin");
        assertFalse(made.told().getFirst().getPluginRegistered());
        assertTrue(made.told()
                .getFirst()
                .getError()
                .startsWith("RegisterPlugin error -- no handler registered for plugin type: DevicePlugin at socket "));
    }

    @Test
    void aVolumeIsStagedOnceAndPublishedForEachPod() throws Exception {
        FakeDriver made = driver();
        Path target = setUp("a");
        assertEquals(root.resolve("pods/a/volumes/kubernetes.io~csi/pv/mount"), target);
        setUp("b");
        assertEquals(target, setUp("a"));
        assertEquals(List.of("stage h secrets={}", "publish h", "publish h"), made.calls());
        assertEquals(
                root.resolve("plugins/kubernetes.io/csi/" + DRIVER + "/" + CsiNames.sha256("h") + "/globalmount")
                        .toString(),
                made.published().getStagingTargetPath());
        assertEquals("v", made.published().getVolumeContextOrThrow("k"));
        assertEquals("b", made.published().getVolumeContextOrThrow("csi.storage.k8s.io/pod.uid"));
        assertEquals("ext4", made.published().getVolumeCapability().getMount().getFsType());
        volumes.tearDown("a");
        assertEquals("unpublish h", made.calls().getLast());
        volumes.tearDown("b");
        assertEquals(List.of("unpublish h", "unstage h"), made.calls().subList(4, 6));
        assertFalse(Files.exists(root.resolve("pods/a/volumes/kubernetes.io~csi/pv")));
        assertFalse(Files.exists(root.resolve("plugins/kubernetes.io/csi/" + DRIVER + "/" + CsiNames.sha256("h"))));
        assertEquals(Set.of(), volumes.pods());
    }

    @Test
    void aNewKubeletTakesDownWhatTheOldOneMounted() throws Exception {
        FakeDriver made = driver();
        setUp("a");
        CsiVolumes next = restarted();
        assertEquals(Set.of("a"), next.pods());
        assertEquals(List.of(CsiNames.unique(DRIVER, "h")), next.inUse());
        next.tearDown("a");
        assertEquals(List.of("unpublish h", "unstage h"), made.calls().subList(2, 4));
        assertEquals(List.of(), next.inUse());
        assertEquals(Set.of(), restarted().pods());
    }

    @Test
    void aStagedVolumeThatNoPodHasIsUnstaged() throws Exception {
        FakeDriver made = driver();
        setUp("a");
        Path folder = root.resolve("pods/a/volumes/kubernetes.io~csi/pv");
        Files.delete(folder.resolve("mount"));
        Files.delete(folder.resolve("vol_data.json"));
        CsiVolumes next = restarted();
        assertTrue(next.remembersMore());
        next.releaseForgotten();
        assertEquals("unstage h", made.calls().getLast());
        assertFalse(next.remembersMore());
    }

    @Test
    void aPodDoesNotWaitForItsVolumeToBeUnstaged() throws Exception {
        FakeDriver made = driver();
        setUp("a");
        made.failUnstagingWith(Status.INVALID_ARGUMENT);
        volumes.tearDown("a");
        assertEquals(Set.of(), volumes.pods());
        assertEquals(1, left.get());
        assertThrows(IOException.class, () -> volumes.releaseForgotten());
        setUp("b");
        assertEquals(List.of("stage h secrets={}", "publish h"), made.calls().subList(5, 7), "staged anew");
        made.failUnstagingWith(Status.OK);
        assertFalse(volumes.remembersMore(), "a pod has it");
        volumes.tearDown("b");
        assertEquals("unstage h", made.calls().getLast());
        assertFalse(volumes.remembersMore());
    }

    @Test
    void withoutItsDriverAVolumeWaitsInUpstreamsWords() throws Exception {
        VolumeFailure failure = assertThrows(VolumeFailure.class, () -> setUp("a"));
        assertEquals(
                "MountVolume.MountDevice failed for volume \"pv\" : kubernetes.io/csi: attacher.MountDevice failed to"
                        + " create newCsiDriverClient: driver name fake.csi not found in the list of registered CSI"
                        + " drivers",
                failure.eventMessage());
        driver();
        setUp("a");
        driver.orElseThrow().close();
        await().until(installed::isEmpty);
        assertThrows(IOException.class, () -> volumes.tearDown("a"));
        driver();
        volumes.tearDown("a");
    }

    @Test
    void aDriversErrorIsTold() throws Exception {
        FakeDriver made = driver();
        made.failWith(Status.INTERNAL.withDescription("no disk"));
        VolumeFailure failure = assertThrows(VolumeFailure.class, () -> setUp("a"));
        assertEquals(
                "MountVolume.MountDevice failed for volume \"pv\" : rpc error: code = Internal desc = no disk",
                failure.eventMessage());
        made.failWith(Status.OK);
        setUp("a");
        volumes.tearDown("a");
    }

    @Test
    void anAttachableVolumeIsWaitedFor() throws Exception {
        driver();
        cluster.setDriver("{'attachRequired':true}");
        String name = CsiNames.unique(DRIVER, "h");
        assertThrows(VolumeNotReady.class, () -> setUp("a"));
        assertEquals(List.of(name), volumes.inUse());
        cluster.setNode("{'volumesInUse':['" + name + "']}");
        assertThrows(VolumeNotReady.class, () -> setUp("a"));
        cluster.setNode(
                "{'volumesInUse':['" + name + "'],'volumesAttached':[{'name':'" + name + "','devicePath':''}]}");
        cluster.setAttachment("{'attached':true,'attachmentMetadata':{'disk':'x'}}");
        setUp("a");
        assertEquals("x", driver.orElseThrow().published().getPublishContextOrThrow("disk"));
        volumes.tearDown("a");
        assertEquals(List.of(), volumes.inUse());
    }

    @Test
    void aNodeThatTakesNoMoreVolumesIsToldApart() throws Exception {
        driver();
        String name = CsiNames.unique(DRIVER, "h");
        cluster.setNode("{'volumesInUse':['" + name + "']}");
        cluster.setAttachment("{'attached':false,'attachError':{'message':'full','errorCode':8}}");
        cluster.setDriver("{'attachRequired':true,'nodeAllocatableUpdatePeriodSeconds':10}");
        assertThrows(VolumeLimitReached.class, () -> setUp("a"));
        cluster.setAttachment("{'attached':false,'attachError':{'message':'broken','errorCode':13}}");
        assertEquals(
                VolumeNotReady.class,
                assertThrows(VolumeNotReady.class, () -> setUp("a")).getClass());
        cluster.setAttachment("{'attached':false,'attachError':{'message':'full','errorCode':8}}");
        cluster.setDriver("{'attachRequired':true}");
        assertEquals(
                VolumeNotReady.class,
                assertThrows(VolumeNotReady.class, () -> setUp("a")).getClass());
    }

    private static CSIDriver wantingUpdates(String period) {
        return json("{'metadata':{'name':'" + DRIVER + "'},'spec':{" + period + "}}", CSIDriver.class);
    }

    @Test
    void aDriverIsAskedAgainHowManyVolumesTheNodeMayHave() throws Exception {
        FakeDriver made = driver();
        assertEquals(8, installed.get(DRIVER).getMaxVolumesPerNode());
        made.limit(9);
        limits.follow(wantingUpdates("'nodeAllocatableUpdatePeriodSeconds':1"));
        await().until(() -> installed.get(DRIVER).getMaxVolumesPerNode() == 9);
        limits.follow(wantingUpdates("'nodeAllocatableUpdatePeriodSeconds':3600"));
        limits.follow(wantingUpdates("'nodeAllocatableUpdatePeriodSeconds':1"));
        made.limit(7);
        await().until(() -> installed.get(DRIVER).getMaxVolumesPerNode() == 7);
    }

    @Test
    void aBlockVolumeIsADevice() throws Exception {
        FakeDriver made = driver();
        PersistentVolume block = json(
                "{'metadata':{'name':'pv'},'spec':{'volumeMode':'Block','accessModes':['ReadWriteOnce'],'csi':{'driver':'"
                        + DRIVER + "','volumeHandle':'h'}}}",
                PersistentVolume.class);
        Path target = volumes.setUp(pod("a"), block, claim("1Gi"), false);
        Path devices = root.resolve("plugins/kubernetes.io/csi/volumeDevices");
        assertEquals(devices.resolve("publish/pv/a"), target);
        assertTrue(made.published().getVolumeCapability().hasBlock());
        assertEquals(target, Files.readSymbolicLink(root.resolve("pods/a/volumeDevices/kubernetes.io~csi/pv")));
        CsiVolumes next = restarted();
        assertEquals(Set.of("a"), next.pods());
        next.tearDown("a");
        assertEquals(List.of("unpublish h", "unstage h"), made.calls().subList(2, 4));
        assertFalse(Files.exists(devices.resolve("pv")));
        assertFalse(Files.exists(devices.resolve("publish/pv")));
    }

    @Test
    void anInlineVolumeLivesWithItsPod() throws Exception {
        FakeDriver made = driver();
        Path target = volumes.setUp(pod("a"), pod("a").spec().volumes().getFirst());
        assertEquals(root.resolve("pods/a/volumes/kubernetes.io~csi/in/mount"), target);
        assertTrue(made.published().getReadonly());
        assertEquals("true", made.published().getVolumeContextOrThrow("csi.storage.k8s.io/ephemeral"));
        assertEquals(List.of(), volumes.inUse());
        volumes.tearDown("a");
        assertEquals(List.of(), volumes.inUse());
        String handle = CsiNames.inlineHandle("a", "in");
        assertEquals(List.of("publish " + handle, "unpublish " + handle), made.calls());
    }

    @Test
    void aDriverThatCannotDoInlineVolumesIsNotAsked() throws Exception {
        driver();
        cluster.setDriver("{'attachRequired':false}");
        VolumeFailure failure = assertThrows(
                VolumeFailure.class,
                () -> volumes.setUp(pod("a"), pod("a").spec().volumes().getFirst()));
        assertEquals(
                "MountVolume.SetUp failed for volume \"in\" : kubernetes.io/csi: mounter.SetupAt failed to check volume"
                        + " lifecycle mode: volume mode \"Ephemeral\" not supported by driver fake.csi (only supports"
                        + " [\"Persistent\"])",
                failure.eventMessage());
    }

    @Test
    void secretsAndTokensReachTheDriver() throws Exception {
        FakeDriver made = driver();
        cluster.setDriver("{'attachRequired':false,'requiresRepublish':true,'tokenRequests':[{'audience':'vault'}]}");
        cluster.setSecret("s", "key", "word");
        PersistentVolume volume = volume("'nodeStageSecretRef':{'name':'s','namespace':'x'},"
                + "'nodePublishSecretRef':{'name':'s','namespace':'x'}}}");
        volumes.setUp(pod("a"), volume, claim("1Gi"), false);
        volumes.setUp(pod("a"), volume, claim("1Gi"), false);
        assertEquals(List.of("stage h secrets={key=word}", "publish h", "publish h"), made.calls());
        assertEquals("word", made.published().getSecretsOrThrow("key"));
        assertEquals(
                "{\"vault\":{\"token\":\"token of sa for vault\",\"expirationTimestamp\":\"2100-01-01T00:00:00Z\"}}",
                made.published().getVolumeContextOrThrow("csi.storage.k8s.io/serviceAccount.tokens"));
    }

    @Test
    void aVolumeThatHasGrownIsExpanded() throws Exception {
        FakeDriver made = driver();
        volumes.setUp(pod("a"), volume("'fsType':'ext4'}}"), claim("512Mi"), false);
        assertEquals("expand h 1073741824", made.calls().getLast());
        assertEquals("1Gi", cluster.updated().status().capacity().get("storage").text());
        assertEquals(List.of(), cluster.updated().status().conditions());
        assertEquals(List.of("FileSystemResizeSuccessful"), events);
        made.withCapabilities(Type.STAGE_UNSTAGE_VOLUME);
        volumes.setUp(pod("a"), volume("'fsType':'ext4'}}"), claim("512Mi"), false);
        assertEquals("expand h 1073741824", made.calls().getLast());
    }

    /// A claim whose resizer tells how far it is.
    private static PersistentVolumeClaim growing(String asked, String state) {
        return json(
                "{'metadata':{'name':'c','namespace':'default'},'spec':{'volumeName':'pv',"
                        + "'resources':{'requests':{'storage':'" + asked + "'}}},"
                        + "'status':{'phase':'Bound','capacity':{'storage':'512Mi'},"
                        + "'allocatedResources':{'storage':'1Gi'},'allocatedResourceStatuses':{'storage':'" + state
                        + "'}}}",
                PersistentVolumeClaim.class);
    }

    private static String state(PersistentVolumeClaim claim) {
        return claim.status().allocatedResourceStatuses().getOrDefault("storage", "none") + " "
                + claim.status().conditions().stream()
                        .map(condition -> condition.type() + ": " + condition.message())
                        .toList();
    }

    private List<String> states() {
        return cluster.updates().stream().map(CsiVolumesTest::state).toList();
    }

    private void grow(PersistentVolumeClaim claim) throws VolumeFailure {
        volumes.setUp(pod("a"), volume("'fsType':'ext4'}}"), claim, false);
    }

    @Test
    void aGrowthIsToldStepByStep() throws Exception {
        FakeDriver made = driver();
        grow(growing("1Gi", "ControllerResizeInProgress"));
        assertEquals("publish h", made.calls().getLast(), "the resizer is at work on it");
        grow(growing("1Gi", "NodeResizePending"));
        assertEquals("expand h 1073741824", made.calls().getLast());
        assertEquals(List.of("NodeResizeInProgress []", "none []"), states());
        assertEquals("1Gi", cluster.updated().status().capacity().get("storage").text());
    }

    @Test
    void aGrowthThatTheDriverCanNeverDoIsInfeasible() throws Exception {
        FakeDriver made = driver();
        grow(claim("1Gi"));
        made.failWith(Status.INVALID_ARGUMENT.withDescription("too large"));
        assertThrows(VolumeFailure.class, () -> grow(growing("1Gi", "NodeResizePending")));
        assertEquals(
                List.of(
                        "NodeResizeInProgress []",
                        "NodeResizeInfeasible [NodeResizeError: failed to expand pvc with Expander.NodeExpand failed to"
                                + " expand the volume rpc error: code = InvalidArgument desc = too large]"),
                states());
        int asked = made.calls().size();
        grow(growing("1Gi", "NodeResizeInfeasible"));
        assertEquals(asked, made.calls().size());
    }

    @Test
    void aGrowthThatFailedIsGivenUpOnceAnotherSizeIsAskedFor() throws Exception {
        FakeDriver made = driver();
        grow(claim("1Gi"));
        made.failWith(Status.PERMISSION_DENIED.withDescription("no"));
        String told = "[NodeResizeError: failed to expand pvc with Expander.NodeExpand failed to expand the volume : "
                + "rpc error: code = PermissionDenied desc = no]";
        assertThrows(VolumeFailure.class, () -> grow(growing("1Gi", "NodeResizePending")));
        assertEquals("NodeResizeInProgress " + told, state(cluster.updated()));
        assertThrows(VolumeFailure.class, () -> grow(growing("768Mi", "NodeResizeInProgress")));
        assertEquals("NodeResizeInfeasible " + told, state(cluster.updated()));
    }

    @Test
    void aVolumeThatDoesNotGrowInUseIsNotAskedForAgain() throws Exception {
        FakeDriver made = driver();
        grow(claim("1Gi"));
        made.failWith(Status.FAILED_PRECONDITION.withDescription("in use"));
        grow(growing("1Gi", "NodeResizePending"));
        assertEquals("expand h 1073741824", made.calls().getLast());
        int asked = made.calls().size();
        grow(growing("1Gi", "NodeResizeInProgress"));
        assertEquals(asked, made.calls().size());
        assertEquals(List.of(), events);
    }

    @Test
    void onePodAloneHasAVolumeForOnePod() throws Exception {
        driver();
        PersistentVolume volume = json(
                "{'metadata':{'name':'pv'},'spec':{'accessModes':['ReadWriteOncePod'],'csi':{'driver':'" + DRIVER
                        + "','volumeHandle':'h'}}}",
                PersistentVolume.class);
        volumes.setUp(pod("a"), volume, claim("1Gi"), false);
        VolumeFailure refused =
                assertThrows(VolumeFailure.class, () -> volumes.setUp(pod("b"), volume, claim("1Gi"), false));
        assertEquals(
                "MountVolume.SetUp failed for volume \"pv\" : volume uses the ReadWriteOncePod access mode and is already"
                        + " in use by another pod",
                refused.eventMessage());
    }
}
