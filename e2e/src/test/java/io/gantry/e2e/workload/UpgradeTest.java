package io.gantry.e2e.workload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `upgrade` replaces every process of ours while a client asks a Service: no request is lost, no container restarts.
@Order(6)
@ExtendWith(SharedCluster.class)
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
        Map<String, Long> before = pids(cluster);
        RequestLoad load = RequestLoad.start(cluster.machine(), ip, folder);
        String said;
        try (load) {
            said = cluster.gantry("upgrade").out();
        }
        load.assertNoneWasLost();

        Map<String, Long> after = pids(cluster);
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

    private static Map<String, Long> pids(TestCluster cluster) {
        String status = cluster.gantry("status", "-o", "json").out();
        Map<String, Long> pids = new TreeMap<>();
        for (JsonNode process : Json.MAPPER.readTree(status).path("processes")) {
            assertTrue(process.path("healthy").booleanValue(), status);
            pids.put(process.path("name").stringValue(), process.path("pid").longValue());
        }
        return pids;
    }
}
