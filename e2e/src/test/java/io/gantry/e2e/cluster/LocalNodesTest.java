package io.gantry.e2e.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `up --nodes N`: real nodes in network namespaces; pods of all of them reach each other, Services and
/// DNS; fewer nodes again; nothing is left behind.
@Order(2)
@OtherMachines
class LocalNodesTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String PODS = """
            {"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"%1$s"},"spec":{
             "selector":{"matchLabels":{"app":"%1$s"}},
             "template":{"metadata":{"labels":{"app":"%1$s"}},"spec":{"terminationGracePeriodSeconds":0,
              "containers":[{"name":"c","image":"%2$s","command":%3$s}]}}}}
            """;

    @Test
    void threeNodesOnOneMachine() throws Exception {
        TestCluster cluster = TestCluster.prepare("ge2e-nodes", "10.199.2.1");
        String linksBefore = LifecycleTest.links(cluster);
        try (cluster) {
            Host.Result refused = cluster.gantry("up", "--nodes", "0");
            assertEquals(1, refused.code());
            assertTrue(refused.err().contains("--nodes must be 1 to"), refused.all());
            cluster.gantry("up").ok(List.of("up"));
            cluster.gantry("image", "import", TestImages.busybox().toString()).ok(List.of("image", "import"));
            Host.Result up = cluster.gantry("up", "--nodes", "3").ok(List.of("up", "--nodes", "3"));
            Kubectl kubectl = cluster.kubectl();
            List<String> nodes = words(kubectl, "get", "nodes", "-o", "jsonpath={.items[*].metadata.name}");
            assertEquals(3, nodes.size(), up.all());
            assertEquals(List.of(nodes.getFirst() + "-2", nodes.getFirst() + "-3"), nodes.subList(1, 3));
            cluster.gantry("image", "import", TestImages.nginx().toString()).ok(List.of("image", "import"));
            podsReachPods(kubectl);
            podsReachPodsByTheFirstNodesPorts(kubectl, nodes.getFirst());
            everyProcessIsWell(cluster, nodes);
            assertTrue(cluster.gantry("up").ok(List.of("up")).out().contains("running already"));

            otherFlagsReachEveryNode(cluster, kubectl);

            cluster.gantry("up", "--nodes", "2").ok(List.of("up", "--nodes", "2"));
            assertEquals(
                    nodes.subList(0, 2), words(kubectl, "get", "nodes", "-o", "jsonpath={.items[*].metadata.name}"));

            cluster.gantry("down").ok(List.of("down"));
            assertEquals(linksBefore, LifecycleTest.links(cluster), "interfaces left behind");
            assertEquals("", cluster.machine().must("nft", "list", "ruleset").strip(), "rules left behind");
            assertEquals(List.of(), LifecycleTest.mounts(cluster), "mounts left behind");
            assertEquals(List.of(), LifecycleTest.processes(cluster), "processes left behind");
            assertFalse(Host.must("ip", "netns", "list").contains(id(cluster)), "namespaces left behind");

            cluster.gantry("up").ok(List.of("up"));
            kubectl.must("wait", "--for=condition=Ready", "node", "--all", "--timeout=60s");
            kubectl.must("rollout", "status", "daemonset/web", "--timeout=60s");
            assertEquals(2, addresses(kubectl, "web").size());
        }
        assertFalse(Host.must("ip", "netns", "list").contains(id(cluster)), "namespaces left behind");
    }

    /// From a pod of each node: pods of each node, a Service by address and by name; and logs of each node.
    private static void podsReachPods(Kubectl kubectl) {
        kubectl.mustWith(PODS.formatted("web", TestCluster.NGINX, "null"), "create", "-f", "-");
        kubectl.mustWith(PODS.formatted("client", TestCluster.BUSYBOX, "[\"sleep\",\"3600\"]"), "create", "-f", "-");
        kubectl.must("create", "service", "clusterip", "web", "--tcp=80:80");
        kubectl.must("rollout", "status", "daemonset/web", "--timeout=90s");
        kubectl.must("rollout", "status", "daemonset/client", "--timeout=90s");
        List<String> targets = new ArrayList<>(addresses(kubectl, "web"));
        assertEquals(3, targets.size());
        targets.add(kubectl.must("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}"));
        List<String> clients =
                words(kubectl, "get", "pods", "-l", "app=client", "-o", "jsonpath={.items[*].metadata.name}");
        assertEquals(3, clients.size());
        for (String client : clients) {
            for (String target : targets) {
                await(client + " to " + target)
                        .atMost(LIMIT)
                        .until(() -> kubectl.run("exec", client, "--", "wget", "-q", "-O-", "http://" + target)
                                .out()
                                .contains("nginx"));
            }
            // Debian's static wget finds no names
            String found = kubectl.must("exec", client, "--", "nslookup", "web.default.svc.cluster.local");
            assertTrue(found.contains(targets.getLast()), found);
        }
        for (String web : words(kubectl, "get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].metadata.name}")) {
            assertTrue(kubectl.must("logs", web).contains("GET /"), web);
        }
    }

    private static void otherFlagsReachEveryNode(TestCluster cluster, Kubectl kubectl) {
        Host.Result up =
                cluster.gantry("up", "--extra-config", "kubelet.max-pods=42").ok(List.of("up"));
        for (String process : List.of("kubelet", "further node 2", "further node 3")) {
            assertTrue(up.out().contains(process), up.all());
        }
        await("the nodes' capacity")
                .atMost(LIMIT)
                .until(() -> words(kubectl, "get", "nodes", "-o", "jsonpath={.items[*].status.capacity.pods}")
                        .equals(List.of("42", "42", "42")));
    }

    /// From a pod of each node to a node port of the first node, behind which is a pod of each node.
    private static void podsReachPodsByTheFirstNodesPorts(Kubectl kubectl, String first) {
        String address = kubectl.must("get", "node", first, "-o", "jsonpath={.status.addresses[0].address}");
        List<String> clients =
                words(kubectl, "get", "pods", "-l", "app=client", "-o", "jsonpath={.items[*].metadata.name}");
        for (String web : words(kubectl, "get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].metadata.name}")) {
            kubectl.must("label", "pod", web, "only=" + web);
            kubectl.must("create", "service", "nodeport", web, "--tcp=80:80");
            kubectl.must("set", "selector", "service", web, "only=" + web);
            String port = kubectl.must("get", "service", web, "-o", "jsonpath={.spec.ports[0].nodePort}");
            for (String client : clients) {
                await(client + " to " + web + " by the first node's port")
                        .atMost(LIMIT)
                        .until(() -> kubectl.run(
                                        "exec", client, "--", "wget", "-q", "-O-", "http://" + address + ":" + port)
                                .out()
                                .contains("nginx"));
            }
        }
    }

    private static void everyProcessIsWell(TestCluster cluster, List<String> nodes) {
        JsonNode status = Json.MAPPER.readTree(
                cluster.gantry("status", "-o", "json").ok(List.of("status")).out());
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode process : status.path("processes")) {
            names.add(process.path("name").stringValue());
            assertTrue(process.path("healthy").booleanValue(), status.toString());
        }
        for (String node : nodes.subList(1, 3)) {
            assertTrue(names.containsAll(List.of(node + "/kubelet", node + "/kube-proxy", node + "/containerd")));
        }
        assertEquals(3, status.path("nodes").size());
    }

    private static List<String> addresses(Kubectl kubectl, String app) {
        return words(kubectl, "get", "pods", "-l", "app=" + app, "-o", "jsonpath={.items[*].status.podIP}");
    }

    private static List<String> words(Kubectl kubectl, String... command) {
        return Arrays.stream(kubectl.must(command).strip().split("\\s+"))
                .sorted()
                .toList();
    }

    private static String id(TestCluster cluster) {
        return cluster.runFolder().getFileName().toString();
    }
}
