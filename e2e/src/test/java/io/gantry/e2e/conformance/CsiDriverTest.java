package io.gantry.e2e.conformance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.storage.v1.volumeattachment.CsiNames;
import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.kubelet.csi.FakeDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A driver on the host, whose volumes are folders; the test does what its provisioner and its attacher would.
@Order(6)
@SharedCluster
class CsiDriverTest {
    private static final String NAMESPACE = "csi";
    private static final String DRIVER = "folders.e2e";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private Kubectl kubectl;
    private String node;

    @BeforeEach
    void prepare(TestCluster cluster) {
        kubectl = cluster.kubectl().inNewNamespace(NAMESPACE);
        kubectl.must("delete", "pv", "pv-e2e-csi", "--ignore-not-found");
        node = kubectl.must("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
    }

    @Test
    void aClaimOfADriverIsAttachedMountedAndGivenBack(TestCluster cluster) throws Exception {
        Path socket = cluster.data().resolve("kubelet/plugins_registry/" + DRIVER + "-reg.sock");
        try (FakeDriver driver = new FakeDriver("CSIPlugin", DRIVER, socket).thatMounts(folder)) {
            await().atMost(LIMIT).until(() -> !driver.told().isEmpty());
            assertTrue(driver.told().getFirst().getPluginRegistered());
            assertEquals(DRIVER, field("csinode/" + node, "{.spec.drivers[*].name}"));
            provision();
            attach();
            kubectl.must("wait", "-n", NAMESPACE, "--for=condition=Ready", "pod/p", "--timeout=60s");
            assertEquals("kept", kubectl.must("exec", "-n", NAMESPACE, "p", "--", "cat", "/v/f"));
            assertEquals("kept", Files.readString(folder.resolve("disk-1/f")).strip());
            assertEquals(List.of("stage disk-1 secrets={}", "publish disk-1"), driver.calls());
            kubectl.must("delete", "pod", "p", "-n", NAMESPACE, "--wait=true");
            await().atMost(LIMIT)
                    .until(() -> kubectl.must("get", "volumeattachments", "-o", "name")
                            .isEmpty());
            assertEquals(
                    List.of("unpublish disk-1", "unstage disk-1"),
                    driver.calls().subList(2, 4));
            assertEquals("", field("node/" + node, "{.status.volumesInUse}{.status.volumesAttached}"));
            assertTrue(Files.exists(folder.resolve("disk-1/f")));
        }
        await().atMost(LIMIT)
                .until(() -> field("csinode/" + node, "{.spec.drivers[*].name}").isEmpty());
        kubectl.must("delete", "namespace", NAMESPACE, "--wait=false");
        kubectl.must("delete", "pv/pv-e2e-csi", "storageclass/folders", "--wait=false");
    }

    /// What external-provisioner does once the scheduler has chosen a node.
    private void provision() {
        apply("{'apiVersion':'storage.k8s.io/v1','kind':'StorageClass','metadata':{'name':'folders'},"
                + "'provisioner':'" + DRIVER + "','volumeBindingMode':'WaitForFirstConsumer'}");
        apply("{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'c','namespace':'csi'},'spec':{"
                + "'storageClassName':'folders','accessModes':['ReadWriteOnce'],"
                + "'resources':{'requests':{'storage':'1Gi'}}}}");
        apply("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','namespace':'csi'},'spec':{'containers':[{"
                + "'name':'c','image':'" + TestCluster.BUSYBOX
                + "','command':['sh','-c','echo kept > /v/f; sleep 600'],"
                + "'volumeMounts':[{'name':'v','mountPath':'/v'}]}],'terminationGracePeriodSeconds':1,'volumes':[{"
                + "'name':'v','persistentVolumeClaim':{'claimName':'c'}}]}}");
        String asked = "{.metadata.annotations.volume\\.kubernetes\\.io/storage-provisioner} "
                + "{.metadata.annotations.volume\\.kubernetes\\.io/selected-node}";
        await().atMost(LIMIT).until(() -> field("pvc/c", asked).equals(DRIVER + " " + node));
        apply("{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'pv-e2e-csi',"
                + "'annotations':{'pv.kubernetes.io/provisioned-by':'" + DRIVER + "'}},'spec':{"
                + "'storageClassName':'folders','accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},"
                + "'claimRef':{'apiVersion':'v1','kind':'PersistentVolumeClaim','namespace':'csi','name':'c'},"
                + "'persistentVolumeReclaimPolicy':'Retain','csi':{'driver':'" + DRIVER
                + "','volumeHandle':'disk-1'}}}");
    }

    /// What external-attacher does.
    private void attach() {
        String name = CsiNames.attachment(DRIVER, "disk-1", node);
        await().atMost(LIMIT)
                .until(() ->
                        kubectl.must("get", "volumeattachments", "-o", "name").endsWith(name));
        kubectl.must(
                "patch",
                "volumeattachment",
                name,
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\":{\"attached\":true}}");
    }

    private void apply(String manifest) {
        kubectl.mustWith(manifest.replace('\'', '"'), "apply", "-f", "-");
    }

    private String field(String object, String path) {
        return kubectl.must("get", object, "-n", NAMESPACE, "-o", "jsonpath=" + path);
    }
}
