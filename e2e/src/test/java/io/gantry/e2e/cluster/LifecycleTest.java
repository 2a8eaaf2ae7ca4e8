package io.gantry.e2e.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `up`, `status`, `down`, `up` again, `down --purge`: on a cluster of its own.
@Order(1)
class LifecycleTest {
    @Test
    void aClusterComesGoesAndComesBack() throws Exception {
        TestCluster cluster = TestCluster.prepare("ge2e-life", "10.199.1.1");
        Path run = Path.of("/run");
        List<String> before = gantryFolders(run);
        String linksBefore = links(cluster);
        try (cluster) {
            Host.Result first = cluster.gantry("up").ok(List.of("up"));
            assertTrue(first.out().contains("is Ready"), first.out());
            assertEquals(
                    cluster.kubeconfig().toString(),
                    cluster.gantry("kubeconfig").ok(List.of("kubeconfig")).out().strip());
            Kubectl kubectl = cluster.kubectl();
            kubectl.must("create", "configmap", "kept", "--from-literal=a=1");
            cluster.withImages();
            kubectl.must("create", "deployment", "web", "--image=" + TestCluster.NGINX, "--replicas=2");
            kubectl.must("rollout", "status", "deployment/web", "--timeout=90s");

            checkStatus(cluster);
            assertTrue(cluster.gantry("up").ok(List.of("up")).out().contains("running already"));

            cluster.gantry("down").ok(List.of("down"));
            assertEquals(linksBefore, links(cluster), "interfaces left behind");
            assertEquals("", cluster.machine().must("nft", "list", "ruleset").strip(), "rules left behind");
            assertEquals(List.of(), mounts(cluster), "mounts left behind");
            assertEquals(List.of(), processes(cluster), "processes left behind");
            assertEquals(before, gantryFolders(run), "run folders left behind");

            cluster.gantry("up").ok(List.of("up"));
            assertEquals("1", kubectl.must("get", "configmap", "kept", "-o", "jsonpath={.data.a}"));
            kubectl.must("wait", "--for=condition=Available", "deployment/web", "--timeout=90s");
            kubectl.must("rollout", "status", "deployment/web", "--timeout=90s");
            // What was written before the end says Ready until the kubelet has looked at its containers.
            kubectl.must("wait", "--for=jsonpath={.status.readyReplicas}=2", "deployment/web", "--timeout=90s");

            cluster.gantry("down", "--purge").ok(List.of("down"));
            assertFalse(Files.exists(cluster.data()), "data left behind");
        }
    }

    private static void checkStatus(TestCluster cluster) {
        Host.Result json = cluster.gantry("status", "-o", "json").ok(List.of("status"));
        JsonNode status = Json.MAPPER.readTree(json.out());
        List<String> names = new ArrayList<>();
        for (JsonNode process : status.path("processes")) {
            names.add(process.path("name").stringValue());
            if (process.path("name").stringValue().equals("ingress")) {
                assertEquals(0, process.path("pid").longValue(), "there is no Ingress");
                continue;
            }
            assertTrue(process.path("pid").longValue() > 0, json.out());
            assertTrue(process.path("rssBytes").longValue() > 0, json.out());
            assertTrue(process.path("healthy").booleanValue(), json.out());
        }
        assertTrue(
                names.containsAll(List.of(
                        "apiserver", "scheduler", "controller-manager", "kubelet", "kube-proxy", "cluster-dns")),
                names.toString());
        assertEquals(1, status.path("nodes").size());
        assertTrue(cluster.gantry("status").ok(List.of("status")).out().contains("Ready"));
    }

    static String links(TestCluster cluster) {
        List<String> names = new ArrayList<>();
        for (JsonNode link : Json.MAPPER.readTree(cluster.machine().must("ip", "-j", "link"))) {
            names.add(link.path("ifname").stringValue());
        }
        return String.join(" ", names);
    }

    static List<String> mounts(TestCluster cluster) throws Exception {
        String id = cluster.data().toString();
        return Files.readString(Path.of("/proc/self/mountinfo"))
                .lines()
                .filter(line -> line.contains(id))
                .toList();
    }

    static List<String> processes(TestCluster cluster) {
        String id = cluster.data().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(id))
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> !line.contains("surefire"))
                .toList();
    }

    private static List<String> gantryFolders(Path run) throws Exception {
        try (var files = Files.list(run)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("gantry-"))
                    .sorted()
                    .toList();
        }
    }
}
