package io.gantry.e2e.workload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gantry.e2e.cluster.FaultyCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `upgrade` replaces every process of ours while a client asks a Service: no request is lost, no container restarts.
@Order(6)
@FaultyCluster
class UpgradeTest {
    private static final String CONTAINERS = "jsonpath={range .items[*]}{.metadata.uid} "
            + "{.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}{\"\\n\"}{end}";

    @TempDir
    private Path folder;

    @Test
    void workloadsDoNotNotice(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("upgrade");
        kubectl.must("create", "deployment", "web", "-n", "upgrade", "--image=" + TestCluster.NGINX, "--replicas=2");
        kubectl.must("expose", "deployment", "web", "-n", "upgrade", "--port=80");
        kubectl.must("rollout", "status", "deployment/web", "-n", "upgrade", "--timeout=90s");
        String ip = kubectl.must("get", "service", "web", "-n", "upgrade", "-o", "jsonpath={.spec.clusterIP}");
        await().until(() -> cluster.machine().must("curl", "-s", "http://" + ip).contains("nginx"));
        String containers = containers(kubectl);
        Map<String, Long> before = cluster.pids();
        RequestLoad load = RequestLoad.start(cluster.machine(), ip, folder);
        String said;
        try (load) {
            said = cluster.gantry("upgrade").out();
        }
        load.assertNoneWasLost();

        assertEquals(0, cluster.gantry("status").code(), said);
        Map<String, Long> after = cluster.pids();
        assertEquals(before.keySet(), after.keySet(), said);
        before.forEach((name, pid) -> {
            if (name.equals("containerd") || pid == 0) {
                assertEquals(pid, after.get(name), name);
            } else {
                assertNotEquals(pid, after.get(name), name + " was not replaced: " + said);
            }
        });
        assertEquals(containers, containers(kubectl));
        kubectl.must("scale", "deployment/web", "-n", "upgrade", "--replicas=3");
        kubectl.must("rollout", "status", "deployment/web", "-n", "upgrade", "--timeout=90s");
    }

    private static String containers(Kubectl kubectl) {
        return kubectl.must("get", "pods", "-n", "upgrade", "--sort-by=.metadata.name", "-o", CONTAINERS);
    }
}
