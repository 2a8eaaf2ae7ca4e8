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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The user's manifests, unmodified, with every kubectl.
@Order(2)
@SharedCluster
class ManifestsTest {
    private static final List<String> KUBERNETES = List.of(
            "configmap-and-secret",
            "configmap-files",
            "deployment-myapp",
            "deployment-nginx-probes",
            "deployment-python-app",
            "hpa-v1",
            "hpa-v2-cpu",
            "ingress-myapp",
            "ingress-rewrite-tls",
            "pod-myapp",
            "pod-secret-env",
            "pv-and-pvc",
            "secret",
            "service-clusterip",
            "service-loadbalancer",
            "service-nginx");

    private static String file(String name) {
        return Path.of("src/test/resources/manifests", name + ".yaml")
                .toAbsolutePath()
                .toString();
    }

    @TestFactory
    Stream<DynamicTest> everyKubectlAppliesAllOfThem(TestCluster cluster) {
        return cluster.kubectls().stream()
                .map(kubectl -> DynamicTest.dynamicTest(kubectl.toString(), () -> {
                    String ns = "m-" + kubectl.version().replace('.', '-');
                    kubectl.inNewNamespace(ns);
                    for (String name : KUBERNETES) {
                        String said = kubectl.must("apply", "-n", ns, "-f", file(name));
                        assertTrue(
                                said.contains("created") || said.contains("unchanged") || said.contains("configured"),
                                said);
                    }
                    for (String name : KUBERNETES) {
                        for (String line : kubectl.must("apply", "-n", ns, "-f", file(name))
                                .lines()
                                .toList()) {
                            assertTrue(line.endsWith("unchanged"), "applied twice: " + line);
                        }
                    }
                    kubectl.must("get", "all,cm,secret,ing,hpa,pvc", "-n", ns);
                    kubectl.must("describe", "hpa,ingress,pvc,deployment,service", "-n", ns);
                    kubectl.must("delete", "namespace", ns, "--wait=false");
                }));
    }

    @Test
    void theOtherVariantsAreApplied(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("variants");
        kubectl.must("apply", "-n", "variants", "-f", file("hpa-v2-cpu-memory"));
        kubectl.must("apply", "-n", "variants", "-f", file("secret"));
        kubectl.must("apply", "-n", "variants", "-f", file("pod-secret-volume"));
        assertTrue(kubectl.must("describe", "hpa", "-n", "variants").contains("memory"));
    }

    @Test
    void anImageThatCannotBePulledSaysWhy(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("nopull");
        kubectl.must("apply", "-n", "nopull", "-f", file("pod-myapp"));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            String status = kubectl.must("get", "pod", "myapp", "-n", "nopull", "--no-headers");
            return status.contains("ImagePullBackOff");
        });
        String events = kubectl.must("describe", "pod", "myapp", "-n", "nopull");
        assertTrue(events.contains("Failed to pull image \"myapp:v1\""), events);
        assertTrue(events.contains("ErrImagePull"), events);
        assertTrue(events.contains("Back-off pulling image"), events);
    }

    @Test
    void nginxServesByEveryWay(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("serve");
        kubectl.must("apply", "-n", "serve", "-f", file("deployment-nginx-probes"), "-f", file("service-nginx"));
        kubectl.must("rollout", "status", "-n", "serve", "deployment/nginx-deployment", "--timeout=120s");
        String ip = kubectl.must("get", "service", "nginx-service", "-n", "serve", "-o", "jsonpath={.spec.clusterIP}");
        awaitPage(cluster, "http://" + ip + "/");

        kubectl.must(
                "run", "client", "-n", "serve", "--image=" + TestCluster.BUSYBOX, "--command", "--", "sleep", "3600");
        kubectl.must("wait", "-n", "serve", "--for=condition=Ready", "pod/client", "--timeout=60s");
        for (String url : List.of(
                "http://" + ip + "/",
                "http://nginx-service/",
                "http://nginx-service.serve/",
                "http://nginx-service.serve.svc.cluster.local/")) {
            String page = kubectl.must("exec", "-n", "serve", "client", "--", "wget", "-q", "-O-", url);
            assertTrue(page.contains("nginx"), url + ": " + page);
        }
        kubectl.must("patch", "service", "nginx-service", "-n", "serve", "-p", "{\"spec\":{\"type\":\"NodePort\"}}");
        String port = kubectl.must(
                "get", "service", "nginx-service", "-n", "serve", "-o", "jsonpath={.spec.ports[0].nodePort}");
        awaitPage(cluster, "http://" + cluster.machine().address() + ":" + port + "/");
    }

    @Test
    void secretsReachThePod(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("secrets");
        kubectl.must("apply", "-n", "secrets", "-f", file("secret"));
        for (String name : List.of("pod-secret-env", "pod-secret-volume")) {
            String manifest =
                    kubectl.must("create", "--dry-run=client", "-n", "secrets", "-f", file(name), "-o", "yaml");
            kubectl.mustWith(
                    manifest.replace(
                            "image: myimage", "image: " + TestCluster.BUSYBOX + "\n    command: [sleep, '3600']"),
                    "apply",
                    "-n",
                    "secrets",
                    "-f",
                    "-");
            kubectl.must("wait", "-n", "secrets", "--for=condition=Ready", "pod/secret-pod", "--timeout=60s");
            if (name.endsWith("env")) {
                assertEquals("admin", exec(kubectl, "sh", "-c", "echo $USERNAME"));
                assertEquals("1f2d1e2e67df", exec(kubectl, "sh", "-c", "echo $PASSWORD"));
            } else {
                assertEquals("admin", exec(kubectl, "cat", "/etc/secret-volume/username"));
            }
            kubectl.must("delete", "pod", "secret-pod", "-n", "secrets", "--grace-period=1");
        }
    }

    private static String exec(Kubectl kubectl, String... command) {
        String[] words = new String[command.length + 5];
        System.arraycopy(new String[] {"exec", "-n", "secrets", "secret-pod", "--"}, 0, words, 0, 5);
        System.arraycopy(command, 0, words, 5, command.length);
        return kubectl.must(words);
    }

    private static void awaitPage(TestCluster cluster, String url) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Host.Result page =
                    cluster.machine().run(Duration.ofSeconds(10), Map.of(), "", "curl", "-s", "-m", "5", url);
            assertTrue(page.out().contains("nginx"), url + ": " + page.all());
        });
    }
}
