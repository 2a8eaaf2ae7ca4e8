package io.gantry.e2e.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `up`, `status`, `down`, `up` again, `down --purge`: on a cluster of its own.
@Order(1)
@OtherMachines
class LifecycleTest {
    @Test
    void aClusterComesGoesAndComesBack() throws Exception {
        TestCluster cluster = TestCluster.prepare("ge2e-life", "10.199.1.1");
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
            checkStartUpCaches(cluster);
            checkCachedClasses(cluster);
            assertTrue(cluster.gantry("up").ok(List.of("up")).out().contains("running already"));

            cluster.gantry("down").ok(List.of("down"));
            assertEquals(linksBefore, links(cluster), "interfaces left behind");
            assertEquals("", cluster.machine().must("nft", "list", "ruleset").strip(), "rules left behind");
            assertEquals(List.of(), mounts(cluster), "mounts left behind");
            assertEquals(List.of(), processes(cluster), "processes left behind");
            assertFalse(Files.exists(cluster.runFolder()), "the run folder is left behind");

            cluster.gantry("up").ok(List.of("up"));
            assertEquals("1", kubectl.must("get", "configmap", "kept", "-o", "jsonpath={.data.a}"));
            kubectl.must("wait", "--for=condition=Available", "deployment/web", "--timeout=90s");
            kubectl.must("rollout", "status", "deployment/web", "--timeout=90s");
            // What was written before the end says Ready until the kubelet has looked at its containers.
            kubectl.must("wait", "--for=jsonpath={.status.readyReplicas}=2", "deployment/web", "--timeout=90s");

            secretsAreSecret(cluster, kubectl);

            cluster.gantry("down", "--purge").ok(List.of("down"));
            assertFalse(Files.exists(cluster.data()), "data left behind");
        }
    }

    /// A cache whose archives were written again is not taken, without a word.
    private static void checkStartUpCaches(TestCluster cluster) throws Exception {
        for (Map.Entry<String, Long> process : cluster.pids().entrySet()) {
            Path maps = Path.of("/proc", process.getValue().toString(), "maps");
            if (process.getValue() != 0 && !process.getKey().equals("containerd")) {
                assertTrue(Files.readString(maps).contains(".aot"), process.getKey() + " runs without its cache");
            }
        }
    }

    /// What a cache lacks is read from its archive at each start: classes from before Java 6, and those that
    /// nothing used while the cache was made.
    private static void checkCachedClasses(TestCluster cluster) throws Exception {
        Path log = cluster.data().resolve("classes.log");
        Map<String, String> environment = Map.of(
                "GANTRY_DATA_DIR", cluster.data().toString(),
                "HOME", cluster.data().toString(),
                "JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log);
        String gantry = Host.project().resolve("gantry").toString();
        cluster.machine()
                .run(Duration.ofSeconds(60), environment, "", gantry, "status")
                .ok(List.of("status"));
        List<String> read = Files.readAllLines(log).stream()
                .filter(line -> line.contains("source: file:"))
                .toList();
        assertTrue(read.size() < 20, String.join("\n", read));
    }

    /// A running cluster gets an audit log and encryption at rest by flags of its API server.
    private static void secretsAreSecret(TestCluster cluster, Kubectl kubectl) throws Exception {
        Path policy = Files.writeString(
                cluster.data().resolve("audit-policy.yaml"),
                "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: RequestResponse}]}");
        Path encryption = Files.writeString(cluster.data().resolve("encryption.yaml"), """
                {apiVersion: apiserver.config.k8s.io/v1, kind: EncryptionConfiguration, resources: [
                 {resources: [secrets], providers: [{secretbox: {keys: [{name: one, secret: %s}]}}, {identity: {}}]}]}
                """.formatted(
                        Base64.getEncoder().encodeToString(new byte[32])));
        Path log = cluster.data().resolve("audit.log");
        String extra = "--extra-config";
        cluster.gantry(
                        "up",
                        extra,
                        "apiserver.audit-policy-file=" + policy,
                        extra,
                        "apiserver.audit-log-path=" + log,
                        extra,
                        "apiserver.encryption-provider-config=" + encryption)
                .ok(List.of("up"));
        assertTrue(cluster.gantry("up").ok(List.of("up")).out().contains("running already"));
        String word = "written-nowhere";
        String encoded = Base64.getEncoder().encodeToString(word.getBytes(StandardCharsets.UTF_8));
        kubectl.must("create", "secret", "generic", "hidden", "--from-literal=word=" + word);
        kubectl.must("create", "configmap", "shown", "--from-literal=word=written-here");
        assertEquals(encoded, kubectl.must("get", "secret", "hidden", "-o", "jsonpath={.data.word}"));
        await().untilAsserted(() -> assertTrue(Files.readString(log).contains("written-here")));
        String audited = Files.readString(log);
        assertTrue(audited.contains("\"name\":\"hidden\""), "the Secret is audited");
        assertFalse(audited.contains(word) || audited.contains(encoded), "the audit log has a Secret's data");
        assertTrue(isStored(cluster, "written-here"), "what is not encrypted is found");
        assertFalse(isStored(cluster, encoded) || isStored(cluster, word), "the store has a Secret's data");
    }

    private static boolean isStored(TestCluster cluster, String text) throws Exception {
        try (var files = Files.walk(cluster.data().resolve("store"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
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
}
