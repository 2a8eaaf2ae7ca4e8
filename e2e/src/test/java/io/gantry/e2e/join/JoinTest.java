package io.gantry.e2e.join;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.FaultyCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import io.gantry.e2e.machine.Machine;
import io.gantry.e2e.registry.LocalRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A second machine (a network namespace) beyond a router joins with the printed command; pulls from a registry through
/// a mirror; its pods are reached from the first, by VXLAN.
@Order(7)
@FaultyCluster
class JoinTest {
    @TempDir
    private Path folder;

    @Test
    void anotherMachineJoins(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("joined");
        String first = kubectl.must("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
        Path data = Files.createTempDirectory(Path.of("/var/tmp"), "gantry-e2e-join-");
        try (LocalRegistry registry = LocalRegistry.start(cluster, folder);
                Machine second = cluster.machine().beyondRouter("ge2e-b", "10.198.0.2")) {
            registry.push(TestCluster.NGINX);
            try {
                List<String> command = printedCommand(cluster);
                Host.Result wrong = TestCluster.gantryOn(second, data, wrongHash(command));
                assertEquals(1, wrong.code());
                assertTrue(wrong.err().contains("this is not the cluster"), wrong.all());

                List<String> join = new ArrayList<>(command);
                join.addAll(List.of("--node-name", "second", "--registry-mirror", "docker.io=" + registry.url()));
                TestCluster.gantryOn(second, data, join.toArray(String[]::new)).ok(join);
                kubectl.must("wait", "--for=condition=Ready", "node/second", "--timeout=60s");
                twoNodesTakePods(kubectl);
                kubectl.mustWith(far(), "create", "-n", "joined", "-f", "-");
                kubectl.must("wait", "-n", "joined", "--for=condition=Ready", "pod/far", "--timeout=60s");
                kubectl.must(
                        "run",
                        "near",
                        "-n",
                        "joined",
                        "--image=" + TestCluster.BUSYBOX,
                        "--overrides={\"spec\":{\"nodeName\":\"" + first + "\"}}",
                        "--command",
                        "--",
                        "sleep",
                        "3600");
                kubectl.must("wait", "-n", "joined", "--for=condition=Ready", "pod/near", "--timeout=60s");
                assertTrue(
                        kubectl.must("describe", "pod", "far", "-n", "joined").contains("Successfully pulled image"));
                String ip = kubectl.must("get", "pod", "far", "-n", "joined", "-o", "jsonpath={.status.podIP}");
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> kubectl.run(
                                        "exec", "near", "-n", "joined", "--", "wget", "-q", "-O-", "http://" + ip)
                                .out()
                                .contains("nginx"));
                assertTrue(kubectl.must("logs", "far", "-n", "joined").contains("GET /"));
                assertTrue(second.must("ip", "route").contains("dev gantry.vxlan"), "the router knows no pods");
                String volume = kubectl.must(
                        "exec",
                        "near",
                        "-n",
                        "joined",
                        "--",
                        "wget",
                        "-q",
                        "-O-",
                        "http://" + ip + "/image/etc/passwd");
                assertTrue(volume.startsWith("root:"), volume);
            } finally {
                TestCluster.gantryOn(second, data, "down", "--purge");
                kubectl.run("delete", "node", "second");
            }
        }
    }

    /// Conformance asks for two nodes without taints.
    private static void twoNodesTakePods(Kubectl kubectl) {
        String taints = kubectl.must(
                "get",
                "nodes",
                "-o",
                "jsonpath={range .items[*]}{.metadata.name}={.spec.taints}{.spec.unschedulable} {end}");
        assertEquals(
                2, Arrays.stream(taints.split(" ")).filter(n -> n.endsWith("=")).count(), taints);
    }

    /// A web server on the second node that serves the files of an image, pulled anew, as a volume.
    private static String far() {
        return """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"far"},"spec":{"nodeName":"second",
                 "volumes":[{"name":"image","image":{"reference":"%1$s","pullPolicy":"Always"}}],
                 "containers":[{"name":"far","image":"%1$s",
                  "volumeMounts":[{"name":"image","mountPath":"/var/www/html/image"}]}]}}
                """.formatted(TestCluster.NGINX);
    }

    private static List<String> printedCommand(TestCluster cluster) {
        String line =
                cluster.gantry("token", "create").ok(List.of("token")).out().strip();
        assertTrue(line.startsWith("./gantry join "), line);
        return Arrays.asList(line.substring("./gantry ".length()).split(" "));
    }

    private static String[] wrongHash(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.set(words.size() - 1, "sha256:" + "0".repeat(64));
        return words.toArray(String[]::new);
    }
}
