package io.gantry.kubelet.podresources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.podresources.v1.AllocatableResourcesRequest;
import io.gantry.kubelet.podresources.v1.ContainerDevices;
import io.gantry.kubelet.podresources.v1.DynamicResource;
import io.gantry.kubelet.podresources.v1.GetPodResourcesRequest;
import io.gantry.kubelet.podresources.v1.ListPodResourcesRequest;
import io.gantry.kubelet.podresources.v1.ListPodResourcesResponse;
import io.gantry.kubelet.podresources.v1.PodResources;
import io.gantry.kubelet.podresources.v1.PodResourcesListerGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The socket that agents ask.
class NodePodResourcesTest {
    private static final Pod POD = Json.MAPPER.readValue(
            "{'metadata':{'name':'p','namespace':'d','uid':'u'},'spec':{'initContainers':[{'name':'i'},{'name':'s',"
                            .replace('\'', '"')
                    + "\"restartPolicy\":\"Always\"}],\"containers\":[{\"name\":\"c\"}]}}",
            Pod.class);

    @TempDir
    private Path root;

    private final UnixSockets sockets = new UnixSockets("pod-resources-test");
    private NodePodResources server;
    private ManagedChannel channel;
    private PodResourcesListerGrpc.PodResourcesListerBlockingStub client;

    @BeforeEach
    void start() throws Exception {
        server = new NodePodResources(root, new Sources(), Clock.systemUTC());
        server.start();
        channel = sockets.open(root.resolve("pod-resources/kubelet.sock"));
        client = PodResourcesListerGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
        sockets.close();
    }

    private static ContainerDevices device(String id) {
        return ContainerDevices.newBuilder()
                .setResourceName("e/x")
                .addDeviceIds(id)
                .build();
    }

    private static final class Sources implements PodResourceSources {
        @Override
        public List<Pod> pods() {
            return List.of(POD);
        }

        @Override
        public List<ContainerDevices> devices(String podUid, String container) {
            return container.equals("c") ? List.of(device(podUid)) : List.of();
        }

        @Override
        public List<ContainerDevices> allocatable() {
            return List.of(device("all"));
        }

        @Override
        public List<DynamicResource> claims(Pod pod, Container container) {
            return container.name().equals("s")
                    ? List.of(DynamicResource.newBuilder().setClaimName("claim").build())
                    : List.of();
        }
    }

    @Test
    void agentsHearWhoHasWhat() {
        PodResources pod =
                client.list(ListPodResourcesRequest.getDefaultInstance()).getPodResources(0);
        assertEquals("d/p", pod.getNamespace() + "/" + pod.getName());
        assertEquals(
                List.of("s", "c"),
                pod.getContainersList().stream().map(c -> c.getName()).toList());
        assertEquals("claim", pod.getContainers(0).getDynamicResources(0).getClaimName());
        assertEquals("u", pod.getContainers(1).getDevices(0).getDeviceIds(0));
        assertEquals(
                List.of(device("all")),
                client.getAllocatableResources(AllocatableResourcesRequest.getDefaultInstance())
                        .getDevicesList());
        assertEquals(pod, client.get(named("p")).getPodResources());
        assertEquals(
                "UNKNOWN: pod q in namespace d not found",
                assertThrows(StatusRuntimeException.class, () -> client.get(named("q")))
                        .getMessage());
        assertTrue(server.metrics().contains("_endpoint_errors_get{server_api_version=\"v1\"} 1"));
    }

    private static GetPodResourcesRequest named(String pod) {
        return GetPodResourcesRequest.newBuilder()
                .setPodName(pod)
                .setPodNamespace("d")
                .build();
    }

    @Test
    void theFormerVersionHasTheList() {
        ListPodResourcesResponse list = ClientCalls.blockingUnaryCall(
                channel,
                PodResourcesListerGrpc.getListMethod().toBuilder()
                        .setFullMethodName("v1alpha1.PodResourcesLister/List")
                        .build(),
                CallOptions.DEFAULT,
                ListPodResourcesRequest.getDefaultInstance());
        assertEquals("p", list.getPodResources(0).getName());
    }

    @Test
    void callsThatComeTooOftenAreRefused() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        CallRate rate = new CallRate(((InstantSource) now::get).withZone(ZoneOffset.UTC));
        for (int i = 0; i < 10; i++) {
            assertTrue(rate.take());
        }
        assertFalse(rate.take());
        now.set(Instant.EPOCH.plus(Duration.ofMillis(10)));
        assertTrue(rate.take());
        assertFalse(rate.take());
    }
}
