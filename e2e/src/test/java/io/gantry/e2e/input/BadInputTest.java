package io.gantry.e2e.input;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Bad input gets a clear error and changes nothing.
@Order(5)
@SharedCluster
class BadInputTest {
    private record Case(String name, String manifest, String expected) {}

    private static final List<Case> CASES = List.of(
            new Case("broken YAML", "apiVersion: v1\nkind: [ConfigMap\nmetadata:\n", "line"),
            new Case(
                    "unknown field",
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, dota: {}}",
                    "unknown field \"dota\""),
            new Case(
                    "name that is no label",
                    "{apiVersion: v1, kind: Namespace, metadata: {name: A_b}}",
                    "a lowercase RFC 1123 label must consist of"),
            new Case(
                    "unknown kind",
                    "{apiVersion: v1, kind: Podd, metadata: {name: a}}",
                    "no matches for kind \"Podd\""),
            new Case("selector that does not match", """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: a}
                    spec:
                      selector: {matchLabels: {app: a}}
                      template:
                        metadata: {labels: {app: b}}
                        spec: {containers: [{name: c, image: i}]}
                    """, "`selector` does not match template `labels`"),
            new Case(
                    "wrong type",
                    "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {n: 1}}",
                    "cannot unmarshal number"));

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> isRefusedInWords(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("bad");
        return CASES.stream()
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    Host.Result result = kubectl.runWith(bad.manifest(), "apply", "-n", "bad", "-f", "-");
                    assertEquals(1, result.code(), result.all());
                    assertTrue(result.err().contains(bad.expected()), result.all());
                    assertEquals(
                            "",
                            kubectl.must(
                                    "get",
                                    "deployment,cm",
                                    "-n",
                                    "bad",
                                    "-o",
                                    "name",
                                    "--field-selector=metadata.name=a"));
                }));
    }

    @Test
    void theServerSaysTheLine(TestCluster cluster) throws Exception {
        Path file = folder.resolve("bad.yaml");
        Files.writeString(file, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a\n");
        Host.Result result = asAdmin(
                cluster,
                "-X",
                "POST",
                "-H",
                "Content-Type: application/yaml",
                "--data-binary",
                "@" + file,
                url(cluster) + "/api/v1/namespaces/default/configmaps");
        // As upstream counts: the line before the one where the text ends.
        assertTrue(result.out().contains("yaml: line 3: did not find expected ',' or '}'"), result.all());
        assertTrue(result.out().contains("\"code\": 400"), result.all());
    }

    @Test
    void aBodyOverTheLimitIs413(TestCluster cluster) throws Exception {
        Path file = folder.resolve("big.json");
        Files.writeString(
                file,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"big\"},\"data\":{\"a\":\""
                        + "x".repeat(4 << 20) + "\"}}");
        Host.Result result = asAdmin(
                cluster,
                "-X",
                "POST",
                "-H",
                "Content-Type: application/json",
                "--data-binary",
                "@" + file,
                url(cluster) + "/api/v1/namespaces/default/configmaps");
        assertTrue(result.out().contains("413"), result.all());
    }

    @Test
    void aStaleRevisionIs409(TestCluster cluster) {
        Kubectl kubectl = cluster.kubectl().inNewNamespace("stale");
        kubectl.must("create", "configmap", "a", "-n", "stale");
        String old = kubectl.must("get", "configmap", "a", "-n", "stale", "-o", "json");
        kubectl.must("label", "configmap", "a", "-n", "stale", "x=y");
        Host.Result result =
                kubectl.runWith(old.replace("\"kind\"", "\"data\": {\"k\": \"v\"}, \"kind\""), "replace", "-f", "-");
        assertEquals(1, result.code());
        assertTrue(result.err().contains("the object has been modified"), result.all());
    }

    @Test
    void credentialsAreChecked(TestCluster cluster) {
        Host.Result nobody = curl(cluster, List.of("-k", url(cluster) + "/api/v1/namespaces/default/pods"));
        assertTrue(nobody.out().contains("\"code\": 401") || nobody.out().contains("\"code\": 403"), nobody.all());
        Host.Result wrongToken =
                curl(cluster, List.of("-k", "-H", "Authorization: Bearer nonsense", url(cluster) + "/api/v1/pods"));
        assertTrue(wrongToken.out().contains("\"code\": 401"), wrongToken.all());
        Kubectl kubectl = cluster.kubectl();
        Host.Result forbidden = kubectl.run("get", "pods", "-n", "default", "--as=jane");
        assertEquals(1, forbidden.code());
        assertTrue(
                forbidden
                        .err()
                        .contains(
                                "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\""),
                forbidden.all());
    }

    @Test
    void theCommandItselfSaysWhatIsWrong(TestCluster cluster) throws Exception {
        Host.Result root = cluster.machine()
                .run(
                        Duration.ofMinutes(1),
                        Map.of(),
                        "",
                        "setpriv",
                        "--reuid=65534",
                        "--clear-groups",
                        Host.project().resolve("gantry").toString(),
                        "up");
        assertEquals(1, root.code(), root.all());
        assertTrue(root.err().contains("must run as root"), root.all());

        Host.Result java = cluster.machine()
                .run(
                        Duration.ofMinutes(1),
                        Map.of("GANTRY_JDK_SEARCH", "/nonexistent", "JAVA_HOME", "/nonexistent"),
                        "",
                        Host.project().resolve("gantry").toString(),
                        "status");
        assertEquals(1, java.code(), java.all());
        assertTrue(java.err().contains("needs a JDK 25"), java.all());

        Path other = Files.createTempDirectory(Path.of("/var/tmp"), "gantry-e2e-other-");
        Host.Result taken = TestCluster.gantryOn(cluster.machine(), other, "up");
        assertEquals(1, taken.code(), taken.all());
        assertTrue(taken.err().contains("port 6443 of 0.0.0.0, which the API server needs, is taken"), taken.all());
        Files.deleteIfExists(other);

        Host.Result image = cluster.gantry("image", "import", "/nonexistent.tar");
        assertEquals(1, image.code());
        assertTrue(image.err().contains("there is no readable file /nonexistent.tar"), image.all());
        // Outside the machine: its apt would wait for name servers that no packet reaches.
        Host.Result pkg = Host.run(
                Duration.ofMinutes(2),
                Map.of(),
                "",
                List.of(
                        Host.project().resolve("gantry").toString(),
                        "image",
                        "build-from-debian",
                        "no-such-package",
                        "--name",
                        "x",
                        "--output",
                        folder + "/x"));
        assertEquals(1, pkg.code());
        assertTrue(pkg.err().contains("no-such-package"), pkg.all());
    }

    private static String url(TestCluster cluster) {
        return "https://" + cluster.machine().address() + ":6443";
    }

    private static Host.Result asAdmin(TestCluster cluster, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                "--cacert",
                cluster.data().resolve("pki/ca.crt").toString(),
                "--cert",
                cluster.data().resolve("pki/admin.crt").toString(),
                "--key",
                cluster.data().resolve("pki/admin.key").toString()));
        words.addAll(List.of(arguments));
        return curl(cluster, words);
    }

    private static Host.Result curl(TestCluster cluster, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("curl", "-s", "-m", "20"));
        words.addAll(arguments);
        return cluster.machine().run(Duration.ofSeconds(30), Map.of(), "", words.toArray(String[]::new));
    }
}
