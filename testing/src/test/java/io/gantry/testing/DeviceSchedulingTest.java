package io.gantry.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.api.core.v1.pod.PodExtendedResourceClaimStatus;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.deviceclass.DeviceClassKind;
import io.gantry.api.resource.v1.resourceclaim.AllocationResult;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimConsumerReference;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplate;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplateKind;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.Resource;
import io.gantry.kubelet.simulated.SimulatedNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Claims of devices, against API server, scheduler and controllers: two devices on one of two simulated nodes.
@Gantry(nodes = 0, scope = Gantry.Scope.CLASS)
class DeviceSchedulingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ApiClient client;
    private final Resource<Pod> pods;
    private final Resource<ResourceClaim> claims;
    private String namespace = "";

    DeviceSchedulingTest(GantryCluster cluster) {
        client = cluster.client();
        pods = client.resource(PodKind.KIND);
        claims = client.resource(ResourceClaimKind.KIND);
        if (!cluster.nodes().names().contains("with")) {
            cluster.addNodes(List.of(SimulatedNode.named("with"), SimulatedNode.named("without")));
        }
    }

    @BeforeEach
    void take(@FromGantry(FromGantry.Value.NAMESPACE) String own) {
        namespace = own;
        create(
                DeviceClassKind.KIND,
                DeviceClass.class,
                "{'metadata':{'name':'" + own + "'},'spec':{'selectors':["
                        + "{'cel':{'expression':'device.driver == \\u0027" + own
                        + ".example.com\\u0027'}}],'extendedResourceName':'" + own + ".example.com/gpu'}}");
        create(
                ResourceSliceKind.KIND,
                ResourceSlice.class,
                "{'metadata':{'name':'" + own + "'},'spec':{'driver':'" + own
                        + ".example.com','nodeName':'with','pool':{'name':'with','generation':1,'resourceSliceCount':1},"
                        + "'devices':[{'name':'one','attributes':{'size':{'int':1}}},{'name':'two','attributes':{'size':{'int':2}}}]}}");
    }

    @AfterEach
    void removeDevices() {
        client.resource(ResourceSliceKind.KIND).delete("", namespace, Deletion.defaults());
        client.resource(DeviceClassKind.KIND).delete("", namespace, Deletion.defaults());
    }

    private <T extends KubernetesObject> T create(Kind<T> kind, Class<T> type, String text) {
        return client.resource(kind).create(Json.MAPPER.readValue(text.replace('\'', '"'), type));
    }

    private String request(String more) {
        return "'devices':{'requests':[{'name':'r','exactly':{'deviceClassName':'" + namespace + "'" + more + "}}]}";
    }

    private void claim(String name, String more) {
        create(
                ResourceClaimKind.KIND,
                ResourceClaim.class,
                "{'metadata':{'name':'" + name + "','namespace':'" + namespace + "'},'spec':{" + request(more) + "}}");
    }

    private void pod(String name, String claim) {
        create(
                PodKind.KIND,
                Pod.class,
                "{'metadata':{'name':'" + name + "','namespace':'" + namespace
                        + "'},'spec':{'terminationGracePeriodSeconds':0,'resourceClaims':[{'name':'c'," + claim
                        + "}],'containers':[{'name':'c','image':'i','resources':{'claims':[{'name':'c'}]}}]}}");
    }

    private static String named(String claim) {
        return "'resourceClaimName':'" + claim + "'";
    }

    private String nodeOf(String name) {
        await().atMost(PATIENCE).until(() -> pods.get(namespace, name).spec().nodeName() != null);
        return Objects.requireNonNull(pods.get(namespace, name).spec().nodeName());
    }

    private PodCondition unscheduled(String name) {
        await().atMost(PATIENCE)
                .until(() -> pods.get(namespace, name).status().conditions().stream()
                        .anyMatch(condition -> condition.type().equals("PodScheduled")));
        return pods.get(namespace, name).status().conditions().stream()
                .filter(condition -> condition.type().equals("PodScheduled"))
                .findFirst()
                .orElseThrow();
    }

    private String deviceOf(String claim) {
        AllocationResult allocation =
                Objects.requireNonNull(claims.get(namespace, claim).status().allocation());
        return Objects.requireNonNull(allocation.devices()).results().getFirst().device();
    }

    @Test
    void aClaimIsGivenADeviceAndKeptForThePod() {
        claim(
                "large",
                ",'selectors':[{'cel':{'expression':'device.attributes[\\u0027" + namespace
                        + ".example.com\\u0027].size > 1'}}]");
        pod("p", named("large"));
        assertEquals("with", nodeOf("p"));
        ResourceClaim claim = claims.get(namespace, "large");
        assertEquals("two", deviceOf("large"));
        assertEquals(
                List.of(Objects.requireNonNull(
                        pods.get(namespace, "p").metadata().uid())),
                claim.status().reservedFor().stream()
                        .map(ResourceClaimConsumerReference::uid)
                        .toList());
        assertEquals(
                List.of("resource.kubernetes.io/delete-protection"),
                claim.metadata().finalizers());
    }

    @Test
    void noDeviceIsGivenTwiceAndOneThatIsFreedIsGivenOn() {
        create(
                ResourceClaimTemplateKind.KIND,
                ResourceClaimTemplate.class,
                "{'metadata':{'name':'t','namespace':'" + namespace + "'},'spec':{'spec':{" + request("") + "}}}");
        for (int i = 0; i < 3; i++) {
            pod("p" + i, "'resourceClaimTemplateName':'t'");
        }
        await().atMost(PATIENCE).until(() -> placed().size() == 2);
        Set<String> devices = new HashSet<>();
        claims.list(ListOptions.inNamespace(namespace)).items().stream()
                .filter(claim -> claim.status().allocation() != null)
                .forEach(claim -> devices.add(
                        deviceOf(Objects.requireNonNull(claim.metadata().name()))));
        assertEquals(Set.of("one", "two"), devices);
        String waiting = Set.of("p0", "p1", "p2").stream()
                .filter(name -> !placed().contains(name))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "0/2 nodes are available: 2 cannot allocate all claims. still not schedulable, preemption: 0/2 nodes are "
                        + "available: 2 Preemption is not helpful for scheduling.",
                unscheduled(waiting).message());
        pods.delete(namespace, placed().iterator().next(), Deletion.defaults());
        assertEquals("with", nodeOf(waiting));
    }

    private Set<String> placed() {
        Set<String> names = new HashSet<>();
        pods.list(ListOptions.inNamespace(namespace)).items().stream()
                .filter(pod -> pod.spec().nodeName() != null)
                .forEach(pod -> names.add(pod.metadata().name()));
        return names;
    }

    @Test
    void devicesStandForExtendedResources() {
        create(
                PodKind.KIND,
                Pod.class,
                "{'metadata':{'name':'p','namespace':'" + namespace
                        + "'},'spec':{'containers':[{'name':'c','image':'i','resources':{'limits':{'" + namespace
                        + ".example.com/gpu':'2'}}}]}}");
        assertEquals("with", nodeOf("p"));
        PodExtendedResourceClaimStatus status =
                Objects.requireNonNull(pods.get(namespace, "p").status().extendedResourceClaimStatus());
        assertEquals(
                "container-0-request-0", status.requestMappings().getFirst().requestName());
        ResourceClaim claim = claims.get(namespace, status.resourceClaimName());
        assertEquals(1, claim.status().reservedFor().size());
        assertEquals("one", deviceOf(status.resourceClaimName()));
    }

    @Test
    void aPodWaitsForItsClaimAndSaysWhatIsMissing() {
        pod("p", named("later"));
        pod("q", named("too-much"));
        claim("too-much", ",'count':3");
        assertEquals("Unschedulable", unscheduled("q").reason());
        assertFalse(placed().contains("p"));
        claim("later", "");
        assertEquals("with", nodeOf("p"));
    }
}
