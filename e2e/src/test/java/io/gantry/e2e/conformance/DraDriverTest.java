package io.gantry.e2e.conformance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.kubelet.dra.FakeDraDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// A driver on the host, whose device is a variable in the container; its slice is the test's own.
@Order(6)
@SharedCluster
class DraDriverTest {
    private static final String NAMESPACE = "dra";
    private static final String DRIVER = "words.e2e";
    private static final String DEVICE = "words.e2e/word=d0";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Kubectl kubectl;
    private String node;

    @BeforeEach
    void prepare(TestCluster cluster) {
        kubectl = cluster.kubectl().inNewNamespace(NAMESPACE);
        kubectl.must("delete", "resourceslice/words", "deviceclass/words", "--ignore-not-found");
        node = kubectl.must("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
    }

    @Test
    void aPodHasADeviceAsLongAsItLivesWhateverBecomesOfTheKubelet(TestCluster cluster) throws IOException {
        Path socket = cluster.data().resolve("kubelet/plugins_registry/" + DRIVER + "-reg.sock");
        Path described = describeDevice();
        try (FakeDraDriver driver = new FakeDraDriver(DRIVER, "v1.DRAPlugin", socket, DEVICE)) {
            await().atMost(LIMIT).until(() -> !driver.told().isEmpty());
            assertTrue(driver.told().getFirst().getPluginRegistered());
            publishSlice();
            pod();
            kubectl.must("wait", "-n", NAMESPACE, "--for=condition=Ready", "pod/p", "--timeout=60s");
            String claim = field("pod/p", "{.status.resourceClaimStatuses[0].resourceClaimName}");
            assertTrue(claim.startsWith("p-word-"), claim);
            assertEquals(
                    DRIVER + " pool d0 p",
                    field(
                            "resourceclaim/" + claim,
                            "{.status.allocation.devices.results[0]['driver','pool','device']}"
                                    + " {.status.reservedFor[0].name}"));
            assertEquals(List.of("prepare dra/" + claim), driver.calls());
            assertEquals("hello", kubectl.must("exec", "-n", NAMESPACE, "p", "--", "sh", "-c", "echo $WORD"));
            assertEquals(
                    "claim:word " + DEVICE + " Unknown",
                    field(
                            "pod/p",
                            "{.status.containerStatuses[0].allocatedResourcesStatus[0].name}"
                                    + " {.status.containerStatuses[0].allocatedResourcesStatus[0].resources[0]"
                                    + "['resourceID','health']}"));
            cluster.kill("kubelet", LIMIT);
            await().atMost(LIMIT).until(() -> driver.told().size() == 2);
            await().atMost(LIMIT)
                    .until(() ->
                            kubectl.must("get", "resourceslices", "-o", "name").isEmpty());
            kubectl.must("delete", "pod", "p", "-n", NAMESPACE, "--wait=true");
            assertEquals(List.of("prepare dra/" + claim, "unprepare dra/" + claim), driver.calls());
            await().atMost(LIMIT)
                    .until(() -> kubectl.must("get", "resourceclaims", "-n", NAMESPACE, "-o", "name")
                            .isEmpty());
        } finally {
            Files.delete(described);
        }
        kubectl.must("delete", "namespace", NAMESPACE, "--wait=false");
        kubectl.must("delete", "deviceclass/words", "--wait=false");
    }

    /// Where container runtimes look for it.
    private static Path describeDevice() throws IOException {
        Path folder = Files.createDirectories(Path.of("/var/run/cdi"));
        return Files.writeString(
                folder.resolve("words.e2e.json"),
                "{\"cdiVersion\":\"0.5.0\",\"kind\":\"words.e2e/word\",\"devices\":[{\"name\":\"d0\","
                        + "\"containerEdits\":{\"env\":[\"WORD=hello\"]}}]}");
    }

    private void publishSlice() {
        apply("{'apiVersion':'resource.k8s.io/v1','kind':'ResourceSlice','metadata':{'name':'words'},'spec':{"
                + "'driver':'" + DRIVER + "','nodeName':'" + node
                + "','pool':{'name':'pool','generation':1,'resourceSliceCount':1},'devices':[{'name':'d0'}]}}");
    }

    private void pod() {
        apply("{'apiVersion':'resource.k8s.io/v1','kind':'DeviceClass','metadata':{'name':'words'},'spec':{"
                + "'selectors':[{'cel':{'expression':'device.driver == \\\"" + DRIVER + "\\\"'}}]}}");
        apply("{'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaimTemplate','metadata':{'name':'t',"
                + "'namespace':'dra'},'spec':{'spec':{'devices':{'requests':[{'name':'r','exactly':{"
                + "'deviceClassName':'words'}}]}}}}");
        apply("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','namespace':'dra'},'spec':{'containers':[{"
                + "'name':'c','image':'" + TestCluster.BUSYBOX
                + "','command':['sh','-c','sleep 600'],'resources':{'claims':[{'name':'word'}]}}],"
                + "'terminationGracePeriodSeconds':1,'resourceClaims':[{'name':'word',"
                + "'resourceClaimTemplateName':'t'}]}}");
    }

    private void apply(String manifest) {
        kubectl.mustWith(manifest.replace('\'', '"'), "apply", "-f", "-");
    }

    private String field(String object, String path) {
        return kubectl.must("get", object, "-n", NAMESPACE, "-o", "jsonpath=" + path);
    }
}
