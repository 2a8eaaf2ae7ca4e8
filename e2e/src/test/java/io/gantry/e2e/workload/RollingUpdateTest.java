package io.gantry.e2e.workload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rolling update of nginx while a client asks the service all the time: no request is lost.
@Order(4)
@SharedCluster
class RollingUpdateTest {
    /// A second's pause before the stop lets endpoint changes reach the proxy, as upstream's documentation advises.
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: rolling}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: nginx
                    image: %s
                    ports: [{containerPort: 80}]
                    readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 1}
                    lifecycle: {preStop: {sleep: {seconds: 2}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: rolling}
            spec:
              selector: {app: web}
              ports: [{port: 80}]
            """.formatted(TestCluster.NGINX);

    private static final String DAEMONS = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent, namespace: daemons}
            spec:
              selector: {matchLabels: {app: agent}}
              template:
                metadata: {labels: {app: agent}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - name: nginx
                    image: %s
            """.formatted(TestCluster.NGINX);

    @TempDir
    private Path folder;

    /// kubectl reads the ControllerRevisions, and writes back what they keep.
    @Test
    void aDaemonSetIsRolledBack(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("daemons");
        kubectl.mustWith(DAEMONS, "apply", "-f", "-");
        daemonsRolledOut(kubectl);
        kubectl.must("set", "env", "daemonset/agent", "-n", "daemons", "A=1");
        daemonsRolledOut(kubectl);
        kubectl.must("rollout", "undo", "daemonset/agent", "-n", "daemons");
        daemonsRolledOut(kubectl);
        assertEquals(
                "",
                kubectl.must(
                        "get",
                        "pods",
                        "-n",
                        "daemons",
                        "-l",
                        "pod-template-generation=3",
                        "-o",
                        "jsonpath={.items[*].spec.containers[0].env}"));
        assertTrue(kubectl.must("rollout", "history", "daemonset/agent", "-n", "daemons")
                .contains("3"));
    }

    private static void daemonsRolledOut(Kubectl kubectl) {
        kubectl.must("rollout", "status", "daemonset/agent", "-n", "daemons", "--timeout=60s");
    }

    @Test
    void noRequestIsLost(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("rolling");
        kubectl.mustWith(DEPLOYMENT, "apply", "-f", "-");
        kubectl.must("rollout", "status", "deployment/web", "-n", "rolling", "--timeout=90s");
        String ip = kubectl.must("get", "service", "web", "-n", "rolling", "-o", "jsonpath={.spec.clusterIP}");
        await().untilAsserted(() -> assertEquals(
                "200",
                cluster.machine()
                        .run(
                                Duration.ofSeconds(5),
                                Map.of(),
                                "",
                                "curl",
                                "-s",
                                "-o",
                                "/dev/null",
                                "-w",
                                "%{http_code}",
                                "http://" + ip)
                        .out()));
        RequestLoad load = RequestLoad.start(cluster.machine(), ip, folder);
        try (load) {
            for (int round = 1; round <= 2; round++) {
                kubectl.must("set", "env", "deployment/web", "-n", "rolling", "ROUND=" + round);
                kubectl.must("rollout", "status", "deployment/web", "-n", "rolling", "--timeout=120s");
            }
            await().until(() -> podsOf(kubectl) == 3);
        }
        load.assertNoneWasLost();
    }

    private static long podsOf(Kubectl kubectl) {
        Host.Result pods = kubectl.run("get", "pods", "-n", "rolling", "-o", "name");
        return pods.out().lines().count();
    }
}
