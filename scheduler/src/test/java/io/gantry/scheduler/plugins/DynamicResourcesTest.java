package io.gantry.scheduler.plugins;

import static io.gantry.scheduler.testing.Objects.json;
import static io.gantry.scheduler.testing.Objects.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodExtendedResourceClaimStatus;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.StatusBuilder;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimBuilder;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.scheduler.devices.ClaimLedger;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.PreBindPlugin.PreBindException;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A pod's claims from the first look to what is written, with one device on each of the nodes `a` and `b`.
class DynamicResourcesTest {
    private static final String REQUEST =
            "'spec':{'devices':{'requests':[{'name':'r','exactly':{'deviceClassName':'gpu'}}]}}";

    private final FakeCluster cluster = new FakeCluster();
    private final FakeApi api = new FakeApi();
    private final DynamicResources plugin =
            new DynamicResources(cluster, new PluginContext.Devices(cluster.ledger, api), DynamicResourcesArgs.DEFAULT);
    private final NodeInfo a = node("a");
    private final NodeInfo b = node("b");
    private final Snapshot snapshot = Snapshot.of(List.of(a, b));

    /// Claims as the API server has them; the watch is told only when the test says so.
    private final class FakeApi implements DeviceBinding {
        private final Map<String, ResourceClaim> stored = new HashMap<>();
        private final List<String> calls = new ArrayList<>();
        private int refusals;
        private int code = 409;
        private long revision = 100;
        private Runnable meanwhile = () -> {};

        private ResourceClaim write(String what, ResourceClaim claim) {
            calls.add(what);
            if (refusals > 0) {
                refusals--;
                throw new StatusException(StatusBuilder.builder()
                        .code(code)
                        .reason("Conflict")
                        .message("changed meanwhile")
                        .build());
            }
            ResourceClaim fresh = ResourceClaimBuilder.builder(claim)
                    .metadata(ObjectMetaBuilder.builder(claim.metadata())
                            .resourceVersion(Long.toString(++revision))
                            .build())
                    .build();
            stored.put(claim.metadata().name(), fresh);
            return fresh;
        }

        @Override
        public ResourceClaim read(ResourceClaim claim) {
            calls.add("read");
            return stored.get(claim.metadata().name());
        }

        @Override
        public ResourceClaim create(ResourceClaim claim) {
            return write(
                    "create",
                    ResourceClaimBuilder.builder(claim)
                            .metadata(ObjectMetaBuilder.builder(claim.metadata())
                                    .name(claim.metadata().generateName() + "1")
                                    .uid("made")
                                    .build())
                            .build());
        }

        @Override
        public void tell(PodInfo pod, PodExtendedResourceClaimStatus status) {
            calls.add("tell " + pod.name() + " " + status.resourceClaimName() + " "
                    + status.requestMappings().getFirst().requestName());
        }

        @Override
        public ResourceClaim update(ResourceClaim claim) {
            return write("update", claim);
        }

        @Override
        public ResourceClaim updateStatus(ResourceClaim claim) {
            return write("status", claim);
        }

        @Override
        public void unreserve(ResourceClaim claim, String podUid) {
            calls.add("unreserve " + claim.metadata().name() + " " + podUid);
        }

        @Override
        public void delete(ResourceClaim claim) {
            calls.add("delete");
        }

        @Override
        public boolean await(BooleanSupplier ready, Duration limit) {
            if (ready.getAsBoolean()) {
                return true;
            }
            meanwhile.run();
            return ready.getAsBoolean();
        }

        @Override
        public Instant now() {
            return Instant.parse("2026-11-22T12:00:00Z");
        }
    }

    @BeforeEach
    void devices() {
        cluster.deviceClasses.put("gpu", json(DeviceClass.class, "{'metadata':{'name':'gpu'}}"));
        for (NodeInfo each : List.of(a, b)) {
            cluster.nodes.put(each.name(), each.node());
            slice(each.name(), "");
        }
    }

    private void slice(String name, String more) {
        cluster.slices.add(json(
                ResourceSlice.class,
                "{'metadata':{'name':'s-" + name + "'},'spec':{'driver':'d','nodeName':'" + name + "','pool':{'name':'"
                        + name + "','generation':1,'resourceSliceCount':1},'devices':[{'name':'x'" + more + "}]}}"));
    }

    private ResourceClaim claim(String name, String status) {
        ResourceClaim claim = json(
                ResourceClaim.class,
                "{'metadata':{'name':'" + name + "','namespace':'default','uid':'u-" + name
                        + "','resourceVersion':'1'}," + REQUEST + ",'status':{" + status + "}}");
        api.stored.put(name, claim);
        cluster.ledger.follower().added(claim);
        return claim;
    }

    private static PodInfo pod(String name, String claim) {
        return io.gantry.scheduler.testing.Objects.pod(
                name, "'resourceClaims':[{'name':'c','resourceClaimName':'" + claim + "'}]");
    }

    private static String allocated(String node, String more) {
        return "'allocation':{'devices':{'results':[{'request':'r','driver':'d','pool':'" + node + "','device':'x'"
                + more
                + "}]},'nodeSelector':{'nodeSelectorTerms':[{'matchFields':[{'key':'metadata.name','operator':'In',"
                + "'values':['" + node + "']}]}]},'allocationTimestamp':'2026-11-22T11:59:00Z'}";
    }

    private String refusal(PodInfo pod) {
        return ((Preparation.RejectAll) plugin.prepare(pod, snapshot)).reason();
    }

    private String verdict(PodInfo pod, NodeInfo node) {
        Preparation.EachNode each = (Preparation.EachNode) plugin.prepare(pod, snapshot);
        return switch (each.filter().check(node)) {
            case Verdict.Fits _ -> "";
            case Verdict.Rejected rejected -> {
                assertFalse(rejected.resolvable());
                yield rejected.reasons().getFirst();
            }
        };
    }

    private ResourceClaim known(String name) {
        return cluster.ledger.claim("default", name).orElseThrow();
    }

    @Test
    void aPodWithoutClaimsIsNotLookedAt() {
        PodInfo pod = io.gantry.scheduler.testing.Objects.pod("p", "");
        assertTrue(plugin.ready(pod));
        assertEquals(Preparation.SKIP, plugin.prepare(pod, snapshot));
        assertEquals(0, plugin.score(pod, snapshot, List.of(a, b)).length);
        assertEquals(Verdict.FITS, plugin.reserve(pod, "a"));
        assertEquals(
                "no new claims to deallocate",
                plugin.postFilter(pod, snapshot, failed(pod)).message());
    }

    @Test
    void waitsForItsClaims() {
        PodInfo generated = io.gantry.scheduler.testing.Objects.pod(
                "p", "'resourceClaims':[{'name':'c','resourceClaimTemplateName':'t'}]");
        assertFalse(plugin.ready(generated));
        assertEquals("pod \"default/p\": ResourceClaim not created yet", refusal(generated));
        assertFalse(plugin.ready(pod("p", "c")));
        assertEquals("resourceclaim \"c\" not found", refusal(pod("p", "c")));
        claim("c", "");
        assertTrue(plugin.ready(pod("p", "c")));
        cluster.deviceClasses.clear();
        assertEquals("request r: device class gpu does not exist", refusal(pod("p", "c")));
    }

    @Test
    void aGeneratedClaimMustBeThePods() {
        claim("p-c", "");
        PodInfo pod = new PodInfo(json(
                Pod.class,
                "{'metadata':{'name':'p','namespace':'default','uid':'p'},'spec':{'containers':[],'resourceClaims':["
                        + "{'name':'c','resourceClaimTemplateName':'t'}]},'status':{'resourceClaimStatuses':[{'name':'c',"
                        + "'resourceClaimName':'p-c'}]}}"));
        assertEquals("ResourceClaim default/p-c was not created for Pod default/p (Pod is not owner)", refusal(pod));
    }

    @Test
    void whatIsDecidedIsWrittenAndCounts() throws InterruptedException {
        claim("c", "");
        PodInfo pod = pod("p", "c");
        assertEquals("", verdict(pod, a));
        assertEquals(Verdict.FITS, plugin.reserve(pod, "a"));
        claim("other", "");
        assertEquals("cannot allocate all claims", verdict(pod("q", "other"), a));
        assertEquals("", verdict(pod("q", "other"), b));
        assertEquals("resource claim default/c is in the process of being allocated", refusal(pod("r", "c")));
        plugin.preBind(pod, "a");
        assertEquals(List.of("update", "status"), api.calls);
        ResourceClaim written = known("c");
        assertEquals(List.of(PodClaims.FINALIZER), written.metadata().finalizers());
        assertEquals("p", written.status().reservedFor().getFirst().uid());
        assertEquals(
                api.now(), Objects.requireNonNull(written.status().allocation()).allocationTimestamp());
        assertEquals("cannot allocate all claims", verdict(pod("q", "other"), a));
        assertEquals("", verdict(pod("r", "c"), a));
        assertEquals("resourceclaim not available on the node", verdict(pod("r", "c"), b));
    }

    @Test
    void anotherPodSharesTheClaim() throws InterruptedException {
        claim("c", allocated("a", "") + ",'reservedFor':[{'resource':'pods','name':'p','uid':'p'}]");
        PodInfo second = pod("q", "c");
        assertEquals(Verdict.FITS, plugin.reserve(second, "a"));
        plugin.preBind(second, "a");
        assertEquals(List.of("status"), api.calls);
        assertEquals(2, known("c").status().reservedFor().size());
    }

    @Test
    void whatOthersChangedIsTakenOver() throws InterruptedException {
        claim("c", "");
        PodInfo pod = pod("p", "c");
        plugin.reserve(pod, "a");
        api.refusals = 2;
        plugin.preBind(pod, "a");
        assertEquals(List.of("update", "read", "update", "read", "update", "status"), api.calls);
    }

    @Test
    void aFailedWriteFreesTheDevices() {
        claim("c", "");
        PodInfo pod = pod("p", "c");
        plugin.reserve(pod, "a");
        api.code = 500;
        api.refusals = 1;
        assertEquals(
                "add allocation and reservation to claim default/c: changed meanwhile",
                assertThrows(PreBindException.class, () -> plugin.preBind(pod, "a"))
                        .getMessage());
        plugin.unreserve(pod, "a");
        assertEquals("", verdict(pod, a));
        assertEquals(List.of(), cluster.ledger.allocatedDevices());
    }

    @Test
    void aClaimThatIsMadeAnewMeanwhileIsAnother() {
        ResourceClaim old = claim("c", "");
        PodInfo pod = pod("p", "c");
        plugin.reserve(pod, "a");
        api.refusals = 1;
        api.stored.put(
                "c",
                ResourceClaimBuilder.builder(old)
                        .metadata(ObjectMetaBuilder.builder(old.metadata())
                                .uid("new")
                                .build())
                        .build());
        assertEquals(
                "claim default/c got deleted in the meantime",
                assertThrows(PreBindException.class, () -> plugin.preBind(pod, "a"))
                        .getMessage());
    }

    @Test
    void aClaimThatIsGoneMeanwhileStaysGone() throws InterruptedException {
        ResourceClaim claim = claim("c", "");
        PodInfo pod = pod("p", "c");
        plugin.reserve(pod, "a");
        cluster.ledger.follower().deleted(claim);
        assertThrows(PreBindException.class, () -> plugin.preBind(pod, "a"));
        plugin.unreserve(pod, "a");
        assertEquals(Optional.empty(), cluster.ledger.claim("default", "c"));
        assertEquals(List.of(), cluster.ledger.allocatedDevices());
    }

    @Test
    void theWatchTellsOldNewsOfWhatWasWritten() throws InterruptedException {
        ResourceClaim old = claim("c", "");
        PodInfo pod = pod("p", "c");
        plugin.reserve(pod, "a");
        plugin.preBind(pod, "a");
        cluster.ledger.follower().updated(old, old);
        assertEquals(1, cluster.ledger.allocatedDevices().size());
    }

    @Test
    void afterARestartTheClaimsSayAll() {
        ClaimLedger fresh = new ClaimLedger();
        fresh.follower().added(claim("c", allocated("a", "")));
        assertEquals(
                List.of("a"),
                fresh.allocatedDevices().stream()
                        .map(DeviceRequestAllocationResult::pool)
                        .toList());
    }

    @Test
    void aReservationIsTakenBack() {
        claim("c", allocated("a", "") + ",'reservedFor':[{'resource':'pods','name':'p','uid':'p'}]");
        plugin.unreserve(pod("p", "c"), "a");
        assertEquals(List.of("unreserve c p"), api.calls);
    }

    private PostFilterPlugin.Failed failed(PodInfo pod) {
        return new PostFilterPlugin.Failed() {
            @Override
            public BitSet resolvable() {
                return new BitSet();
            }

            @Override
            public Verdict check(NodeInfo changed, NodeInfo asIs) {
                return changed.name().equals("a")
                        ? Verdict.rejected("Insufficient cpu")
                        : ((Preparation.EachNode) plugin.prepare(pod, snapshot))
                                .filter()
                                .check(changed);
            }

            @Override
            public boolean isLocal() {
                return false;
            }
        };
    }

    @Test
    void anIdleClaimGivesUpDevicesThatAreInTheWay() {
        ResourceClaim idle = claim("c", allocated("a", ""));
        PostFilterPlugin.Result result = plugin.postFilter(pod("p", "c"), snapshot, failed(pod("p", "c")));
        assertEquals("deallocation of ResourceClaim completed", result.message());
        assertEquals(List.of(idle), result.release());
        claim("c", allocated("a", "") + ",'reservedFor':[{'resource':'pods','name':'q','uid':'q'}]");
        assertEquals(
                "still not schedulable",
                plugin.postFilter(pod("p", "c"), snapshot, failed(pod("p", "c")))
                        .message());
    }

    private static String device(String status, String reason) {
        return "'devices':[{'driver':'d','pool':'a','device':'x','conditions':[{'type':'" + status
                + "','status':'True','reason':'" + reason + "','message':'m'}]}]";
    }

    private static final String CONDITIONS = ",'bindingConditions':['Up'],'bindingFailureConditions':['Down']";

    @Test
    void devicesAreAwaited() throws InterruptedException {
        ResourceClaim claim = claim("c", allocated("a", CONDITIONS));
        PodInfo pod = pod("p", "c");
        assertEquals("", verdict(pod, a));
        api.meanwhile = () -> follow(claim, device("Up", "ok"));
        plugin.preBind(pod, "a");
        api.meanwhile = () -> {};
        follow(claim, device("Down", "broken"));
        assertEquals("resourceclaim not available on the node", verdict(pod, a));
        assertEquals(
                "device binding failed: claim=c, reason=broken, message=\"m\"",
                assertThrows(PreBindException.class, () -> plugin.preBind(pod, "a"))
                        .getMessage());
    }

    private void follow(ResourceClaim before, String devices) {
        ResourceClaim now = json(
                ResourceClaim.class,
                "{'metadata':{'name':'c','namespace':'default','uid':'u-c','resourceVersion':'1000'}," + REQUEST
                        + ",'status':{" + allocated("a", CONDITIONS) + "," + devices + "}}");
        cluster.ledger.follower().updated(before, now);
    }

    @Test
    void devicesThatTakeTooLongAreGivenUp() {
        claim("c", allocated("a", CONDITIONS).replace("11:59", "11:49"));
        assertEquals("resourceclaim not available on the node", verdict(pod("p", "c"), a));
    }

    @Test
    void nodesWithTheBetterAlternativeScoreHigher() {
        ResourceClaim claim = json(
                ResourceClaim.class,
                "{'metadata':{'name':'c','namespace':'default','uid':'u'},'spec':{'devices':{'requests':[{'name':'r',"
                        + "'firstAvailable':[{'name':'two','deviceClassName':'gpu','count':2},"
                        + "{'name':'one','deviceClassName':'gpu'}]}]}}}");
        cluster.ledger.follower().added(claim);
        cluster.slices.clear();
        slice("a", "},{'name':'y'");
        slice("b", "");
        long[] scores = plugin.score(pod("p", "c"), snapshot, List.of(a, b));
        assertEquals(List.of(100L, 87L), List.of(scores[0], scores[1]));
    }

    private static PodInfo extended() {
        return io.gantry.scheduler.testing.Objects.pod(
                "p",
                "'containers':[{'name':'c','resources':{'requests':{'deviceclass.resource.kubernetes.io/gpu':'1'}}}]");
    }

    @Test
    void devicesStandForExtendedResources() throws InterruptedException {
        PodInfo pod = extended();
        NodeResourcesFit fit = new NodeResourcesFit(NodeResourcesFitArgs.DEFAULT, cluster);
        assertEquals(
                Verdict.FITS,
                ((Preparation.Afresh) fit.prepare(pod, snapshot)).filter().check(a));
        assertEquals("", verdict(pod, a));
        assertEquals(Verdict.FITS, plugin.reserve(pod, "a"));
        claim("other", "");
        assertEquals("cannot allocate all claims", verdict(pod("q", "other"), a));
        plugin.preBind(pod, "a");
        assertEquals(
                List.of("create", "update", "status", "tell p p-extended-resources-1 container-0-request-0"),
                api.calls);
        assertEquals("cannot allocate all claims", verdict(pod("q", "other"), a));
        plugin.unreserve(pod, "a");
        assertTrue(api.calls.contains("delete"));
    }

    @Test
    void aClaimOfAnEarlierTryGoes() throws InterruptedException {
        PodInfo pod = extended();
        plugin.reserve(pod, "a");
        plugin.preBind(pod, "a");
        assertEquals("cannot schedule extended resource claim", verdict(pod, b));
        PostFilterPlugin.Result result = plugin.postFilter(pod, snapshot, failed(pod));
        assertEquals("deletion of ResourceClaim completed", result.message());
        assertEquals(
                "p-extended-resources-1", result.release().getFirst().metadata().name());
    }

    @Test
    void withoutAClassTheNodeMustHaveIt() {
        cluster.deviceClasses.clear();
        NodeResourcesFit fit = new NodeResourcesFit(NodeResourcesFitArgs.DEFAULT, cluster);
        assertEquals(Preparation.SKIP, plugin.prepare(extended(), snapshot));
        assertEquals(
                Verdict.unresolvable("Insufficient deviceclass.resource.kubernetes.io/gpu"),
                ((Preparation.EachNode) fit.prepare(extended(), snapshot))
                        .filter()
                        .check(a));
        DeviceClass gpu = json(DeviceClass.class, "{'metadata':{'name':'gpu'}}");
        assertTrue(fit.mayHelp(new ClusterEvent.DeviceClassChanged(Optional.empty(), gpu), extended()));
    }

    @Test
    void eventsThatHelp() {
        ResourceClaim free = claim("c", "");
        ResourceClaim taken = claim("other", allocated("a", ""));
        PodInfo pod = pod("p", "c");
        ResourceClaim deallocated =
                ResourceClaimBuilder.builder(taken).status(free.status()).build();
        assertTrue(plugin.mayHelp(new ClusterEvent.SliceChanged(Optional.empty(), cluster.slices.getFirst()), pod));
        assertTrue(plugin.mayHelp(new ClusterEvent.DeviceClaimChanged(Optional.empty(), free), pod));
        assertTrue(plugin.mayHelp(new ClusterEvent.DeviceClaimChanged(Optional.of(taken), deallocated), pod));
        assertFalse(plugin.mayHelp(new ClusterEvent.DeviceClaimChanged(Optional.empty(), taken), pod));
        assertFalse(plugin.mayHelp(new ClusterEvent.DeviceClaimChanged(Optional.of(free), free), pod));
        assertFalse(plugin.mayHelp(new ClusterEvent.NamespaceChanged(), pod));
    }
}
