package io.gantry.e2e.kubectl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.machine.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every command of kubectl, by the oldest and the newest that stand on the host, each with the answer that people
/// know from it. The steps are in [ObjectSteps], [LocalSteps] and [PodSteps].
@Order(4)
@SharedCluster
class KubectlMatrixTest {
    /// `-Dgantry.kubectl.all=true` takes those between, too.
    private static final boolean ALL = Boolean.getBoolean("gantry.kubectl.all");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyCommandAnswers(TestCluster cluster) {
        List<Kubectl> all = cluster.kubectls();
        List<Kubectl> ends = all.size() > 1 && !ALL ? List.of(all.getFirst(), all.getLast()) : all;
        return ends.stream().map(kubectl -> DynamicTest.dynamicTest(kubectl.toString(), () -> walk(cluster, kubectl)));
    }

    private void walk(TestCluster cluster, Kubectl kubectl) throws IOException {
        String ns = "matrix-" + kubectl.version().replace('.', '-');
        kubectl.inNewNamespace(ns);
        Path files = Manifests.write(folder, ns);
        String node = kubectl.must("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
        List<Step> steps = new ArrayList<>(ObjectSteps.all(ns, node, files));
        steps.addAll(LocalSteps.all(ns, files));
        steps.addAll(PodSteps.all(node, files));
        List<String> failures = new ArrayList<>();
        run(kubectl, ns, steps, failures);
        forwarding(cluster, kubectl, ns);
        proxying(cluster, kubectl, ns);
        attaching(kubectl, ns);
        run(kubectl, ns, PodSteps.ending(node), failures);
        assertEquals("", String.join("\n\n", failures));
        assertTrue(Files.exists(files.resolve("copied")), "cp from the pod");
    }

    private static void run(Kubectl kubectl, String ns, List<Step> steps, List<String> failures) {
        for (Step step : steps) {
            if (minor(kubectl) >= step.from()) {
                check(kubectl, ns, step, failures);
            }
        }
    }

    private void forwarding(TestCluster cluster, Kubectl kubectl, String ns) throws IOException {
        Path seen = folder.resolve("forward-" + ns);
        Process forward = kubectl.start(seen, "port-forward", "pod/two", "-n", ns, "18080:web");
        try {
            await().until(() -> Files.readString(seen).contains("Forwarding from 127.0.0.1:18080 -> 8080"));
            for (int i = 0; i < 3; i++) {
                assertEquals("page", curl(cluster, "http://127.0.0.1:18080/"));
            }
        } finally {
            forward.destroy();
        }
    }

    private void proxying(TestCluster cluster, Kubectl kubectl, String ns) throws IOException {
        Path seen = folder.resolve("proxy-" + ns);
        Process proxy = kubectl.start(seen, "proxy", "--port=18081");
        try {
            await().until(() -> Files.readString(seen).contains("Starting to serve"));
            String pods = "http://127.0.0.1:18081/api/v1/namespaces/" + ns + "/pods";
            assertEquals("page", curl(cluster, pods + "/two:8080/proxy/"));
            assertTrue(curl(cluster, pods).contains("\"kind\": \"PodList\""));
        } finally {
            proxy.destroy();
        }
    }

    private void attaching(Kubectl kubectl, String ns) throws IOException {
        Path seen = folder.resolve("attach-" + ns);
        Process attach = kubectl.start(seen, "attach", "two", "-c", "a", "-n", ns);
        try {
            await().until(() -> Files.readString(seen).contains("tick"));
        } finally {
            attach.destroy();
        }
    }

    private static String curl(TestCluster cluster, String url) {
        return cluster.machine()
                .must("curl", "--noproxy", "*", "-s", "-m", "5", url)
                .strip();
    }

    private static int minor(Kubectl kubectl) {
        String[] parts = kubectl.version().split("\\.");
        return parts.length < 2 ? Integer.MAX_VALUE : Integer.parseInt(parts[1]);
    }

    private static void check(Kubectl kubectl, String ns, Step step, List<String> failures) {
        // Old versions of `config set-context` take no `-n` before it.
        List<String> words = new ArrayList<>(step.command().startsWith("config ") ? List.of() : List.of("-n", ns));
        words.addAll(step.words());
        Host.Result result = kubectl.runWith(step.input(), words.toArray(String[]::new));
        boolean found = Pattern.compile(step.expected(), Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(result.all())
                .find();
        if (result.code() != step.code() || !found) {
            failures.add("kubectl " + step.command() + "\nexpected " + step.code() + " and /" + step.expected()
                    + "/, got " + result.code() + ":\n" + result.all());
        }
    }
}
