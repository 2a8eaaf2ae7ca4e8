package io.gantry.e2e.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.kubectl.Kubectl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// A cluster on its own etcd: backed up while it runs, restored, moved to the embedded store.
@Order(2)
@OtherMachines
class StoreMoveTest {
    @Test
    void theStateSurvivesBackupRestoreAndMove() throws Exception {
        try (TestCluster cluster = TestCluster.prepare("ge2e-store", "10.199.6.1")) {
            Path backup = cluster.data().resolve("backup.zip");
            ok(cluster, "up", "--store", "etcd");
            assertTrue(ok(cluster, "status").contains("etcd (run by gantry, https://127.0.0.1:2379)"));
            Kubectl kubectl = cluster.kubectl();
            kubectl.must("create", "configmap", "kept", "--from-literal=a=1");
            String version = version(kubectl);
            ok(cluster, "backup", backup.toString());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)));
            kubectl.must("delete", "configmap", "kept");
            assertEquals(1, cluster.gantry("restore", backup.toString()).code(), "while it runs");

            ok(cluster, "down");
            ok(cluster, "restore", backup.toString());
            ok(cluster, "store", "move", "--to", "embedded");
            ok(cluster, "up");
            assertTrue(ok(cluster, "status").contains("embedded"));
            assertEquals("1", kubectl.must("get", "configmap", "kept", "-o", "jsonpath={.data.a}"));
            assertTrue(Long.parseLong(version(kubectl)) > Long.parseLong(version), "revisions went backwards");
            String watch =
                    "/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=5&resourceVersion=" + version;
            assertTrue(kubectl.must("get", "--raw", watch).contains("\"code\":410"), "an old watch goes on in silence");
            ok(cluster, "down", "--purge");
            assertEquals(
                    List.of(),
                    ProcessHandle.allProcesses()
                            .map(process -> process.info().commandLine().orElse(""))
                            .filter(line -> line.startsWith("etcd ")
                                    && line.contains(cluster.data().toString()))
                            .toList());
        }
    }

    private static String version(Kubectl kubectl) {
        return kubectl.must("get", "configmap", "kept", "-o", "jsonpath={.metadata.resourceVersion}");
    }

    private static String ok(TestCluster cluster, String... arguments) {
        return cluster.gantry(arguments).ok(List.of(arguments)).out();
    }
}
