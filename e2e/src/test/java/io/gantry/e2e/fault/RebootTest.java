package io.gantry.e2e.fault;

import static org.awaitility.Awaitility.await;

import io.gantry.e2e.cluster.FaultyCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// What a reboot does: every process is gone at once, tmpfs is empty, network namespaces and interfaces are gone; then
/// `up`, and the pods are back.
@Order(8)
@FaultyCluster
class RebootTest {
    @Test
    void thePodsAreBack(TestCluster cluster) throws Exception {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("reboot");
        kubectl.must("create", "deployment", "web", "-n", "reboot", "--image=" + TestCluster.NGINX, "--replicas=2");
        kubectl.must("rollout", "status", "deployment/web", "-n", "reboot", "--timeout=90s");

        powerOff(cluster);
        cluster.gantry("up").ok(List.of("up"));
        await().atMost(Duration.ofSeconds(90))
                .until(() -> kubectl.run(
                                "get", "deployment", "web", "-n", "reboot", "-o", "jsonpath={.status.readyReplicas}")
                        .out()
                        .equals("2"));
        await().atMost(Duration.ofSeconds(90)).until(() -> servingPods(cluster, kubectl) == 2);
    }

    /// How many of the pods answer at the address that they show now.
    private static long servingPods(TestCluster cluster, Kubectl kubectl) {
        String ips = kubectl.run(
                        "get", "pods", "-n", "reboot", "-l", "app=web", "-o", "jsonpath={.items[*].status.podIP}")
                .out();
        return Stream.of(ips.split(" "))
                .filter(ip -> !ip.isEmpty())
                .filter(ip -> cluster.machine()
                        .run(Duration.ofSeconds(5), Map.of(), "", "curl", "-s", "-m", "3", "http://" + ip)
                        .out()
                        .contains("nginx"))
                .count();
    }

    private static void powerOff(TestCluster cluster) throws Exception {
        String id = cluster.data().toString();
        String run = cluster.runFolder().toString();
        kill("supervisor.sock", run);
        // More than once: what was just being started is not on the first list.
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            List<ProcessHandle> left = processes(id, run);
            left.forEach(RebootTest::killWithChildren);
            return left.isEmpty();
        });
        for (String point : Files.readString(Path.of("/proc/self/mountinfo"))
                .lines()
                .map(line -> line.split(" ")[4])
                .filter(point -> point.startsWith(id) || point.startsWith(run))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            Host.must("umount", "-l", point);
        }
        Host.must("rm", "-rf", run);
        cluster.machine().must("nft", "flush", "ruleset");
        cluster.machine().run(Duration.ofSeconds(5), Map.of(), "", "ip", "link", "delete", "gantry0");
    }

    private static List<ProcessHandle> processes(String id, String run) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(id)
                        || commandLine(process).contains(run))
                .filter(process -> !commandLine(process).contains("surefire"))
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    private static void killWithChildren(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void kill(String text, String run) {
        ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(run + "/" + text))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /// `ProcessHandle.Info` cuts long command lines.
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }
}
