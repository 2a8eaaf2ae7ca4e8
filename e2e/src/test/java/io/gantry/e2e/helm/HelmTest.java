package io.gantry.e2e.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A chart with a definition of custom resources, hooks, a test and `lookup`, through the whole life of a release. Runs
/// where Helm 3 is: on the path, or named by `-Dgantry.helm=FILE`.
@Order(6)
@SharedCluster
class HelmTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String NAMESPACE = "helmed";

    @TempDir
    private Path home;

    private TestCluster cluster;
    private Path helm;

    @Test
    void aReleaseLives(TestCluster shared) throws Exception {
        Optional<Path> found = program();
        Assumptions.assumeTrue(found.isPresent(), "no helm on this host");
        cluster = shared;
        helm = found.orElseThrow();
        Kubectl kubectl = cluster.kubectl();
        kubectl.inNewNamespace(NAMESPACE);
        String chart = Path.of(
                        HelmTest.class.getResource("/helm/app/Chart.yaml").toURI())
                .getParent()
                .toString();
        assertTrue(helm("template", "app", chart).contains("kind: Gadget"));
        assertTrue(helm("install", "app", chart, "--wait", "--timeout=90s").contains("STATUS: deployed"));
        assertEquals("1", field(kubectl, "gadget/app-gadget", "{.spec.size}"));
        String uid = kubectl.must("get", "ns", "kube-system", "-o", "jsonpath={.metadata.uid}");
        assertEquals(uid, field(kubectl, "cm/app-seen", "{.data.namespaceUid}"), "lookup");
        assertEquals("true", field(kubectl, "cm/app-seen", "{.data.capabilities}"));
        String upgraded = helm("upgrade", "app", chart, "--set=replicas=2,message=two", "--wait", "--timeout=90s");
        assertTrue(upgraded.contains("REVISION: 2"), upgraded);
        assertEquals("2", field(kubectl, "deploy/app-web", "{.status.readyReplicas}"));
        String tested = helm("test", "app", "--logs");
        assertTrue(tested.contains("Succeeded") && tested.contains("tested"), tested);
        helm("rollback", "app", "1", "--wait", "--timeout=90s");
        assertEquals("one", field(kubectl, "cm/app-seen", "{.data.message}"));
        assertTrue(helm("history", "app").contains("Rollback to 1"));
        assertTrue(
                helm("upgrade", "--install", "app", chart, "--dry-run=server").contains(uid));
        helm("uninstall", "app", "--wait", "--timeout=60s");
        assertEquals("", kubectl.must("get", "deploy,gadget", "-n", NAMESPACE, "-o", "name"));
        kubectl.must("delete", "crd", "gadgets.helm.example.com");
        kubectl.must("delete", "namespace", NAMESPACE, "--wait=false");
    }

    private static Optional<Path> program() {
        String named = System.getProperty("gantry.helm", "");
        Stream<Path> folders =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(folder -> Path.of(folder, "helm"));
        return (named.isEmpty() ? folders : Stream.of(Path.of(named)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String field(Kubectl kubectl, String object, String path) {
        return kubectl.must("get", object, "-n", NAMESPACE, "-o", "jsonpath=" + path);
    }

    private String helm(String... arguments) {
        List<String> words = new ArrayList<>(List.of(helm.toString()));
        words.addAll(List.of(arguments));
        words.addAll(List.of("-n", NAMESPACE));
        Host.Result result = cluster.machine()
                .run(
                        LIMIT,
                        Map.of("KUBECONFIG", cluster.kubeconfig().toString(), "HOME", home.toString()),
                        "",
                        words.toArray(String[]::new));
        return result.ok(words).out();
    }
}
