package io.gantry.e2e.kubectl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.machine.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What people try first, with every kubectl that stands on the host.
@Order(3)
@SharedCluster
class FirstStepsTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> whatPeopleTryFirst(TestCluster cluster) {
        return cluster.kubectls().stream()
                .map(kubectl -> DynamicTest.dynamicTest(kubectl.toString(), () -> walk(cluster, kubectl)));
    }

    private void walk(TestCluster cluster, Kubectl kubectl) throws Exception {
        String ns = "try-" + kubectl.version().replace('.', '-');
        kubectl.inNewNamespace(ns);
        creating(kubectl, ns);
        looking(kubectl, ns);
        insideAPod(cluster, kubectl, ns);
        rollingOut(kubectl, ns);
        applyingAFolder(kubectl, ns);
        kubectl.must("delete", "deployment", "web", "-n", ns);
        kubectl.must("delete", "namespace", ns, "--wait=false");
    }

    private static void creating(Kubectl kubectl, String ns) {
        kubectl.must("create", "deployment", "web", "-n", ns, "--image=" + TestCluster.NGINX, "--replicas=1");
        kubectl.must("create", "configmap", "settings", "-n", ns, "--from-literal=colour=blue");
        kubectl.must("create", "secret", "generic", "password", "-n", ns, "--from-literal=word=hidden");
        kubectl.must("expose", "deployment", "web", "-n", ns, "--port=80");
        kubectl.must("rollout", "status", "deployment/web", "-n", ns, "--timeout=90s");
        String generation = kubectl.must("get", "deployment", "web", "-n", ns, "-o", "jsonpath={.metadata.generation}");
        assertEquals("1", generation, "noting the revision is no change of the spec");
        assertEquals("blue", kubectl.must("get", "cm", "settings", "-n", ns, "-o", "jsonpath={.data.colour}"));
    }

    private void looking(Kubectl kubectl, String ns) throws Exception {
        String pods = kubectl.must("get", "pods", "-n", ns);
        assertTrue(pods.contains("NAME") && pods.contains("READY") && pods.contains("1/1"), pods);
        String wide = kubectl.must("get", "pods", "-n", ns, "-o", "wide");
        assertTrue(wide.contains("NODE") && wide.contains("10.244."), wide);
        assertTrue(kubectl.must("get", "pods", "-A").contains(ns));
        assertTrue(kubectl.must("get", "pods", "-n", ns, "-l", "app=web").contains("web-"));
        assertEquals("", kubectl.must("get", "pods", "-n", ns, "-l", "app=other", "-o", "name"));
        String nodes = kubectl.must("get", "nodes");
        assertTrue(nodes.contains("Ready") && nodes.contains("control-plane"), nodes);
        String described = kubectl.must("describe", "pods", "-n", ns, "-l", "app=web");
        for (String reason : new String[] {"Scheduled", "Pulled", "Created", "Started"}) {
            assertTrue(described.contains(reason), described);
        }
        assertTrue(kubectl.must("describe", "deployment", "web", "-n", ns).contains("ScalingReplicaSet"));
        kubectl.must("describe", "node");
        kubectl.must("get", "events", "-n", ns);
        watching(kubectl, ns);
        assertTrue(kubectl.must("api-resources").contains("deployments"));
        assertTrue(kubectl.must("cluster-info").contains("is running at"));
        assertEquals("yes", kubectl.must("auth", "can-i", "create", "pods", "-n", ns));
    }

    private void watching(Kubectl kubectl, String ns) throws Exception {
        Path seen = folder.resolve("watch-" + ns);
        Process watch = kubectl.start(seen, "get", "cm", "-n", ns, "-w");
        try {
            await().until(() -> Files.readString(seen).contains("settings"));
            kubectl.must("create", "configmap", "later", "-n", ns);
            await().until(() -> Files.readString(seen).contains("later"));
        } finally {
            watch.destroy();
        }
    }

    private void insideAPod(TestCluster cluster, Kubectl kubectl, String ns) throws Exception {
        kubectl.must(
                "run",
                "box",
                "-n",
                ns,
                "--image=" + TestCluster.BUSYBOX,
                "--command",
                "--",
                "sh",
                "-c",
                "i=0; while true; do echo line $i; i=$((i+1)); sleep 1; done");
        kubectl.must("wait", "--for=condition=Ready", "pod/box", "-n", ns, "--timeout=60s");
        await().until(() -> kubectl.must("logs", "box", "-n", ns).contains("line 1"));
        assertEquals(
                1, kubectl.must("logs", "box", "-n", ns, "--tail=1").lines().count());
        Path seen = folder.resolve("logs-" + ns);
        Process follow = kubectl.start(seen, "logs", "-f", "box", "-n", ns);
        try {
            int now = kubectl.must("logs", "box", "-n", ns).lines().toList().size();
            await().until(() -> Files.readString(seen).contains("line " + (now + 1)));
        } finally {
            follow.destroy();
        }
        assertEquals("hello", kubectl.must("exec", "box", "-n", ns, "--", "echo", "hello"));
        assertEquals("typed", kubectl.mustWith("typed\n", "exec", "-i", "box", "-n", ns, "--", "cat"));
        assertEquals(
                3,
                kubectl.run("exec", "box", "-n", ns, "--", "sh", "-c", "exit 3").code());
        terminal(cluster, kubectl, ns);
        kubectl.must("delete", "pod", "box", "-n", ns, "--grace-period=0", "--force");
    }

    /// `exec -it` with a real terminal, which `script` gives.
    private static void terminal(TestCluster cluster, Kubectl kubectl, String ns) {
        String command = kubectl.program() + " exec -it box -n " + ns + " -- sh -c 'tty; sleep 2; stty size'";
        Host.Result result = cluster.machine()
                .run(
                        Duration.ofSeconds(30),
                        Map.of("KUBECONFIG", kubectl.kubeconfig().toString()),
                        "",
                        "script",
                        "-qec",
                        "stty rows 33 cols 77; " + command,
                        "/dev/null");
        assertTrue(result.out().contains("/dev/pts/"), result.all());
        assertTrue(result.out().contains("33 77"), result.all());
    }

    private static void rollingOut(Kubectl kubectl, String ns) {
        kubectl.must("scale", "deployment/web", "-n", ns, "--replicas=2");
        kubectl.must("rollout", "status", "deployment/web", "-n", ns, "--timeout=90s");
        kubectl.must("set", "env", "deployment/web", "-n", ns, "A=1");
        kubectl.must("rollout", "status", "deployment/web", "-n", ns, "--timeout=90s");
        kubectl.must("set", "image", "deployment/web", "-n", ns, "nginx=nginx:absent");
        await().until(() ->
                kubectl.must("rollout", "history", "deployment/web", "-n", ns).contains("3"));
        kubectl.must("rollout", "undo", "deployment/web", "-n", ns);
        kubectl.must("rollout", "status", "deployment/web", "-n", ns, "--timeout=90s");
        assertEquals(
                TestCluster.NGINX,
                kubectl.must(
                        "get",
                        "deployment",
                        "web",
                        "-n",
                        ns,
                        "-o",
                        "jsonpath={.spec.template.spec.containers[0].image}"));
        kubectl.must("rollout", "restart", "deployment/web", "-n", ns);
        kubectl.must("rollout", "status", "deployment/web", "-n", ns, "--timeout=90s");
        String pod = kubectl.must(
                "get",
                "pods",
                "-n",
                ns,
                "-l",
                "app=web",
                "-o",
                "jsonpath={.items[-1:].metadata.name}",
                "--sort-by=.metadata.creationTimestamp");
        kubectl.must("delete", "pod", pod, "-n", ns);
        kubectl.must("rollout", "status", "deployment/web", "-n", ns, "--timeout=90s");
    }

    private void applyingAFolder(Kubectl kubectl, String ns) throws Exception {
        Path manifests = Files.createDirectories(folder.resolve("folder-" + ns));
        for (String name : new String[] {"one", "two"}) {
            Files.writeString(
                    manifests.resolve(name + ".yaml"),
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {k: v}\n");
        }
        String said = kubectl.must("apply", "-n", ns, "-f", manifests.toString());
        assertTrue(said.contains("configmap/one created") && said.contains("configmap/two created"), said);
        kubectl.must("delete", "-n", ns, "-f", manifests.toString());
    }
}
