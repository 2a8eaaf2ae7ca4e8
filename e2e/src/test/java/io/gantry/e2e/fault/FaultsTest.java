package io.gantry.e2e.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.FaultyCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Processes killed with -9: nothing is lost, no container restarts, the cluster goes on.
@Order(6)
@FaultyCluster
class FaultsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> PROCESSES =
            List.of("apiserver", "scheduler", "controller-manager", "kubelet", "kube-proxy", "cluster-dns");

    @TestFactory
    Stream<DynamicTest> anyProcessMayBeKilled(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("faults");
        kubectl.must("create", "deployment", "steady", "-n", "faults", "--image=" + TestCluster.NGINX, "--replicas=2");
        kubectl.must("rollout", "status", "deployment/steady", "-n", "faults", "--timeout=90s");
        return PROCESSES.stream().map(name -> DynamicTest.dynamicTest(name, () -> killed(cluster, kubectl, name)));
    }

    private static void killed(TestCluster cluster, Kubectl kubectl, String name) {
        String before = containers(kubectl);
        cluster.kill(name, LIMIT);
        await(name).atMost(LIMIT).until(() -> cluster.gantry("status").code() == 0);
        String deployment = "after-" + name;
        kubectl.must("create", "deployment", deployment, "-n", "faults", "--image=" + TestCluster.NGINX);
        kubectl.must("rollout", "status", "deployment/" + deployment, "-n", "faults", "--timeout=90s");
        kubectl.must("delete", "deployment", deployment, "-n", "faults");
        assertEquals(before, containers(kubectl), "containers changed when " + name + " was killed");
    }

    /// Everything goes on without it; `up` starts another, which takes over what runs.
    @Test
    void theSupervisorMayBeKilled(TestCluster cluster) {
        Map<String, Long> before = cluster.pids();
        ProcessHandle.of(before.get("supervisor")).orElseThrow().destroyForcibly();
        await().atMost(LIMIT).until(() -> cluster.gantry("status").code() != 0);
        cluster.kubectl().must("get", "nodes");
        cluster.gantry("up").ok(List.of("gantry", "up"));
        assertEquals(0, cluster.gantry("status").code());
        Map<String, Long> after = cluster.pids();
        PROCESSES.forEach(name -> assertEquals(before.get(name), after.get(name), name));
    }

    /// Neither waits until a time limit: the kubelet would be waited for for minutes, the supervisor for ever.
    @TestFactory
    Stream<DynamicTest> whatASignalHoldsIsNamed(TestCluster cluster) {
        return Stream.of("kubelet", "apiserver", "supervisor")
                .map(name -> DynamicTest.dynamicTest(name, () -> held(cluster, name)));
    }

    private static void held(TestCluster cluster, String name) {
        long pid = cluster.pid(name);
        String goOn = "kill -CONT " + pid;
        cluster.machine().must("kill", "-STOP", Long.toString(pid));
        try {
            long began = System.nanoTime();
            Host.Result status = cluster.gantry("status");
            assertEquals(1, status.code(), status.toString());
            assertTrue(status.out().contains(goOn), status.toString());
            Host.Result up = cluster.gantry("up");
            assertEquals(1, up.code(), up.toString());
            assertTrue(up.err().contains(name + " (process " + pid + ")"), up.toString());
            assertTrue(up.err().contains(goOn), up.toString());
            assertTrue(System.nanoTime() - began < LIMIT.toNanos(), "soon");
        } finally {
            cluster.machine().must("kill", "-CONT", Long.toString(pid));
        }
        await(name).atMost(LIMIT).until(() -> cluster.gantry("status").code() == 0);
        cluster.gantry("up").ok(List.of("gantry", "up"));
        assertEquals(pid, cluster.pid(name), "it is the same process");
    }

    /// As `systemctl restart nftables` does on a usual host.
    @Test
    void rulesThatAreFlushedComeBack(TestCluster cluster) {
        await().atMost(LIMIT).until(() -> reachesTheApiByItsService(cluster));
        cluster.machine().must("nft", "flush", "ruleset");
        assertFalse(reachesTheApiByItsService(cluster), "the rules make the Service");
        await().atMost(LIMIT).until(() -> reachesTheApiByItsService(cluster));
    }

    private static boolean reachesTheApiByItsService(TestCluster cluster) {
        return cluster.machine()
                .run(Duration.ofSeconds(5), Map.of(), "", "curl", "-sk", "-m", "2", "https://10.96.0.1/livez")
                .out()
                .equals("ok");
    }

    /// Ids and restart counts of the steady pods.
    private static String containers(Kubectl kubectl) {
        return kubectl.must(
                "get",
                "pods",
                "-n",
                "faults",
                "-l",
                "app=steady",
                "--sort-by=.metadata.name",
                "-o",
                "jsonpath={range .items[*]}{.metadata.uid} {.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}{\"\\n\"}{end}");
    }

    @Test
    void aContainerThatEndsIsRestartedWithBackOff(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("crash");
        kubectl.must(
                "run",
                "crash",
                "-n",
                "crash",
                "--image=" + TestCluster.BUSYBOX,
                "--command",
                "--",
                "sh",
                "-c",
                "exit 7");
        await().atMost(LIMIT)
                .until(() -> kubectl.must("get", "pod", "crash", "-n", "crash", "--no-headers")
                        .contains("CrashLoopBackOff"));
        await().atMost(LIMIT)
                .until(() -> Integer.parseInt(kubectl.must(
                                "get",
                                "pod",
                                "crash",
                                "-n",
                                "crash",
                                "-o",
                                "jsonpath={.status.containerStatuses[0].restartCount}"))
                        >= 2);
        assertEquals(
                "7",
                kubectl.must(
                        "get",
                        "pod",
                        "crash",
                        "-n",
                        "crash",
                        "-o",
                        "jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}"));
        assertTrue(kubectl.must("describe", "pod", "crash", "-n", "crash")
                .contains("Back-off restarting failed container"));
    }

    @Test
    void tooMuchMemoryIsOomKilled(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("oom");
        kubectl.mustWith("""
                apiVersion: v1
                kind: Pod
                metadata: {name: hog, namespace: oom}
                spec:
                  restartPolicy: Never
                  containers:
                  - name: hog
                    image: %s
                    command: [sh, -c, "dd if=/dev/zero of=/dev/null bs=200M count=1"]
                    resources: {limits: {memory: 32Mi}}
                """.formatted(TestCluster.BUSYBOX), "apply", "-f", "-");
        await().atMost(LIMIT)
                .until(() -> kubectl.must(
                                "get",
                                "pod",
                                "hog",
                                "-n",
                                "oom",
                                "-o",
                                "jsonpath={.status.containerStatuses[0].state.terminated.reason}")
                        .equals("OOMKilled"));
    }

    @Test
    void aDeletedPodIsReplaced(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("replace");
        kubectl.must("create", "deployment", "one", "-n", "replace", "--image=" + TestCluster.NGINX);
        kubectl.must("rollout", "status", "deployment/one", "-n", "replace", "--timeout=90s");
        String first = kubectl.must("get", "pods", "-n", "replace", "-o", "jsonpath={.items[0].metadata.name}");
        kubectl.must("delete", "pod", first, "-n", "replace");
        kubectl.must("rollout", "status", "deployment/one", "-n", "replace", "--timeout=90s");
        assertNotEquals(
                first, kubectl.must("get", "pods", "-n", "replace", "-o", "jsonpath={.items[0].metadata.name}"));
    }
}
