package io.gantry.e2e.conformance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.component.grpc.UnixSockets;
import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.kubelet.deviceplugin.FakeDevicePlugin;
import io.gantry.kubelet.deviceplugin.v1beta1.DeviceSpec;
import io.gantry.kubelet.deviceplugin.v1beta1.Mount;
import io.gantry.kubelet.podresources.v1.GetPodResourcesRequest;
import io.gantry.kubelet.podresources.v1.PodResourcesListerGrpc;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// A device plugin on the host: its resource in the node's status, its device in a real container.
@Order(6)
@SharedCluster
class DevicePluginTest {
    private static final String NAMESPACE = "device-plugin";
    private static final String RESOURCE = "words.e2e/word";
    private static final String VERSION = "v1beta1";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Kubectl kubectl;

    @Test
    void aPodHasDevicesAsLongAsItLivesWhateverBecomesOfTheKubelet(TestCluster cluster) throws IOException {
        kubectl = cluster.kubectl().inNewNamespace(NAMESPACE);
        Path folder = cluster.data().resolve("kubelet/device-plugins");
        Path kubelet = folder.resolve("kubelet.sock");
        Path socket = folder.resolve("words.sock");
        Path gift = Files.writeString(cluster.data().resolve("words.txt"), "hello\n");
        try (FakeDevicePlugin plugin =
                new FakeDevicePlugin(RESOURCE, socket, "w0", "w1").giving(device(), mount(gift))) {
            plugin.register(kubelet, VERSION);
            awaitAmounts("2 2");
            pod("p", 2);
            kubectl.must("wait", "-n", NAMESPACE, "--for=condition=Ready", "pod/p", "--timeout=60s");
            assertEquals(
                    "w0,w1 hello 1:3",
                    kubectl.must(
                            "exec",
                            "-n",
                            NAMESPACE,
                            "p",
                            "--",
                            "sh",
                            "-c",
                            "echo $DEVICES $(cat /words) $(stat -c %t:%T /dev/word)"));
            assertEquals(
                    RESOURCE + " w0 Healthy",
                    field(
                            "pod/p",
                            "{.status.containerStatuses[0].allocatedResourcesStatus[0].name}"
                                    + " {.status.containerStatuses[0].allocatedResourcesStatus[0].resources[0]"
                                    + "['resourceID','health']}"));
            assertEquals(List.of("c w0", "c w1"), told(cluster.data().resolve("kubelet/pod-resources/kubelet.sock")));
            cluster.kill("kubelet", LIMIT);
            await().atMost(LIMIT).until(() -> !Files.exists(socket) && Files.exists(kubelet));
            awaitAmounts("0 0");
            plugin.comeAgain(kubelet, VERSION);
            awaitAmounts("2 2");
            assertEquals("Running", field("pod/p", "{.status.phase}"));
            bound("q", 1);
            await().atMost(LIMIT).until(() -> field("pod/q", "{.status.phase}").equals("Failed"));
            assertEquals(
                    "UnexpectedAdmissionError Pod was rejected: Allocate failed due to requested number of devices"
                            + " unavailable for " + RESOURCE + ". Requested: 1, Available: 0, which is unexpected",
                    field("pod/q", "{.status['reason','message']}"));
            kubectl.must("delete", "pod", "p", "-n", NAMESPACE, "--wait=true");
            bound("r", 1);
            kubectl.must("wait", "-n", NAMESPACE, "--for=condition=Ready", "pod/r", "--timeout=60s");
            assertEquals(
                    List.of("allocate [w0, w1]", "allocate [w1]"),
                    plugin.calls().stream()
                            .filter(c -> c.startsWith("allocate"))
                            .toList());
            assertTrue(plugin.calls().contains("pre-start [w0, w1]"));
        }
        awaitAmounts("0 2");
        kubectl.must("delete", "namespace", NAMESPACE, "--wait=false");
    }

    /// What agents of the node hear of the pod's containers.
    private static List<String> told(Path socket) {
        try (UnixSockets sockets = new UnixSockets("agent")) {
            ManagedChannel channel = sockets.open(socket);
            try {
                return PodResourcesListerGrpc.newBlockingStub(channel)
                        .get(GetPodResourcesRequest.newBuilder()
                                .setPodNamespace(NAMESPACE)
                                .setPodName("p")
                                .build())
                        .getPodResources()
                        .getContainersList()
                        .stream()
                        .flatMap(container -> container.getDevicesList().stream()
                                .map(device -> container.getName() + " " + device.getDeviceIds(0)))
                        .toList();
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static DeviceSpec device() {
        return DeviceSpec.newBuilder()
                .setContainerPath("/dev/word")
                .setHostPath("/dev/null")
                .setPermissions("rw")
                .build();
    }

    private static Mount mount(Path gift) {
        return Mount.newBuilder()
                .setContainerPath("/words")
                .setHostPath(gift.toString())
                .setReadOnly(true)
                .build();
    }

    private void awaitAmounts(String allocatableAndCapacity) {
        String path = "{.items[0].status.allocatable.words\\.e2e/word} {.items[0].status.capacity.words\\.e2e/word}";
        await().atMost(LIMIT)
                .until(() ->
                        kubectl.must("get", "nodes", "-o", "jsonpath=" + path).equals(allocatableAndCapacity));
    }

    private void pod(String name, int devices) {
        create(name, devices, "");
    }

    /// Past the scheduler, which knows better.
    private void bound(String name, int devices) {
        create(
                name,
                devices,
                ",'nodeName':'" + kubectl.must("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}") + "'");
    }

    private void create(String name, int devices, String more) {
        String manifest = "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'" + name + "','namespace':'" + NAMESPACE
                + "'},'spec':{'containers':[{'name':'c','image':'" + TestCluster.BUSYBOX
                + "','command':['sh','-c','sleep 600'],'resources':{'limits':{'" + RESOURCE + "':" + devices
                + "}}}],'terminationGracePeriodSeconds':1" + more + "}}";
        kubectl.mustWith(manifest.replace('\'', '"'), "apply", "-f", "-");
    }

    private String field(String object, String path) {
        return kubectl.must("get", object, "-n", NAMESPACE, "-o", "jsonpath=" + path);
    }
}
