package io.gantry.e2e.conformance;

import static io.gantry.e2e.conformance.NetworkPods.pod;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.gantry.api.Json;
import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import io.gantry.e2e.machine.Host;
import io.gantry.e2e.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the conformance suite asks of kubectl, of replicated pods, of a namespace that goes, and of the tokens that
/// pods are given.
@Order(6)
@SharedCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubectlConformanceTest {
    private static final String NS = "ctl";
    private static final String ORDERED = "ordered";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";
    private static final Pattern SERVING = Pattern.compile("Starting to serve on 127\\.0\\.0\\.1:(\\d+)");

    private static final String PROJECTED = "\"automountServiceAccountToken\":false,\"volumes\":[{\"name\":\"t\","
            + "\"projected\":{\"sources\":[{\"serviceAccountToken\":{\"path\":\"token\",\"audience\":\"vault\","
            + "\"expirationSeconds\":7200}}]}}],";

    private NetworkPods pods;
    private Machine machine;

    @BeforeAll
    void start(TestCluster cluster) {
        machine = cluster.machine();
        pods = NetworkPods.in(cluster, NS);
        pods.create(
                replicated("v1", "ReplicationController", "primary", 2),
                replicated("apps/v1", "ReplicaSet", "basic", 2),
                sleeper("automount", "", ""),
                sleeper("projected", PROJECTED, ",\"volumeMounts\":[{\"name\":\"t\",\"mountPath\":\"/tokens\"}]"));
        Guestbook.create(pods);
        pods.awaitReady("automount", "projected");
        awaitReplicas("rc/primary", 2);
        awaitReplicas("rs/basic", 2);
    }

    @AfterAll
    void end() {
        pods.kubectl().must("delete", "namespace", NS, "--wait=false");
    }

    private static String replicated(String version, String kind, String name, int replicas) {
        String labels = "{\"app\":\"" + name + "\"}";
        String selector = kind.equals("ReplicaSet") ? "{\"matchLabels\":" + labels + "}" : labels;
        String template = pod(name, "\"app\":\"" + name + "\"", "", "", "/s/server.pl", "name:6379")
                .replace("\"apiVersion\":\"v1\",\"kind\":\"Pod\",", "");
        return "{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"replicas\":" + replicas + ",\"selector\":" + selector + ",\"template\":" + template
                + "}}";
    }

    private static String sleeper(String name, String spec, String container) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{" + spec
                + "\"terminationGracePeriodSeconds\":0,\"containers\":[{\"name\":\"c\",\"image\":\""
                + TestCluster.BUSYBOX
                + "\",\"command\":[\"sleep\",\"1000\"]" + container + "}]}}";
    }

    private void awaitReplicas(String object, int count) {
        await().atMost(LIMIT)
                .until(() -> pods.get(object, "{.status.replicas} {.status.readyReplicas}")
                        .equals(count + " " + count));
    }

    /// Each pod of the controller answers with its own name.
    private void everyReplicaServes(String app) {
        String[] names = pods.run("get", "pods", "-l", "app=" + app, "-o", "jsonpath={.items[*].metadata.name}")
                .split(" ");
        for (String name : names) {
            String path = "/api/v1/namespaces/" + NS + "/pods/" + name + ":6379/proxy/";
            assertEquals(name, pods.kubectl().must("get", "--raw", path));
        }
    }

    @Test
    void replicatedPodsServe() {
        everyReplicaServes("primary");
        everyReplicaServes("basic");
    }

    @Test
    void aReplicationControllerIsMadeScaledAndDeleted() {
        pods.create(replicated("v1", "ReplicationController", "scaled", 2));
        awaitReplicas("rc/scaled", 2);
        everyReplicaServes("scaled");
        pods.run("scale", "rc", "scaled", "--replicas=1", "--timeout=1m");
        awaitReplicas("rc/scaled", 1);
        pods.run("scale", "rc", "scaled", "--current-replicas=1", "--replicas=2", "--timeout=1m");
        awaitReplicas("rc/scaled", 2);
        pods.run("delete", "rc", "scaled", "--grace-period=0", "--force");
        await().atMost(LIMIT)
                .until(() -> pods.run("get", "rc,pods", "-l", "app=scaled", "-o", "name")
                        .isEmpty());
    }

    /// A note that is written through the frontend is read through it from the replicas, each of which has it.
    @Test
    void aGuestbookKeepsWhatIsWritten() {
        for (String part : List.of("guestbook-primary", "guestbook-replica", "frontend")) {
            pods.run("rollout", "status", "deployment/" + part, "--timeout=90s");
        }
        String frontend = "/api/v1/namespaces/" + NS + "/services/frontend/proxy/";
        Kubectl kubectl = pods.kubectl();
        await().atMost(LIMIT)
                .until(() -> kubectl.run("get", "--raw", frontend + "get").code() == 0);
        kubectl.must("get", "--raw", frontend + "set?note=TestEntry");
        assertEquals("TestEntry", kubectl.must("get", "--raw", frontend + "get").strip());
        String replicas = pods.run(
                "get", "pods", "-l", "guestbook=guestbook-replica", "-o", "jsonpath={.items[*].metadata.name}");
        for (String replica : replicas.split(" ")) {
            String path = "/api/v1/namespaces/" + NS + "/pods/" + replica + ":8080/proxy/get";
            assertEquals("TestEntry", kubectl.must("get", "--raw", path).strip(), replica);
        }
    }

    @Test
    void describeShowsWhatUsersLookFor() {
        String name = pods.run("get", "pods", "-l", "app=primary", "-o", "jsonpath={.items[0].metadata.name}");
        shows(
                pods.run("describe", "pod", name),
                "Name:",
                "Namespace:        " + NS,
                "Node:",
                "app=primary",
                "Status:           Running",
                "IP:",
                "Controlled By:  ReplicationController/primary",
                "Image:         " + TestCluster.PERL,
                "State:          Running",
                "QoS Class:",
                "Scheduled",
                "Started");
        shows(
                pods.run("describe", "rc", "primary"),
                "Name:         primary",
                "Selector:     app=primary",
                "Replicas:     2 current / 2 desired",
                "Pods Status:  2 Running / 0 Waiting / 0 Succeeded / 0 Failed",
                "Pod Template:",
                "SuccessfulCreate");
        String node = pods.run("get", "pod", name, "-o", "jsonpath={.spec.nodeName}");
        shows(
                pods.run("describe", "node", node),
                "Name:               " + node,
                "Labels:",
                "Conditions:",
                "Ready",
                "Addresses:",
                "Capacity:",
                "Kubelet Version:",
                "Non-terminated Pods:");
        shows(pods.kubectl().must("describe", "namespace", NS), "Name:         " + NS, "Status:       Active");
    }

    private static void shows(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), "no \"" + part + "\" in:\n" + text);
        }
    }

    @Test
    void diffShowsWhatWouldChange() {
        String deployment = pods.kubectl()
                .must(
                        "create",
                        "-n",
                        NS,
                        "deployment",
                        "changed",
                        "--image=" + TestCluster.BUSYBOX,
                        "--dry-run=client",
                        "-o",
                        "json");
        pods.kubectl().mustWith(deployment, "create", "-n", NS, "-f", "-");
        String other = deployment.replace(TestCluster.BUSYBOX, "localhost/other:2");
        Host.Result diff = pods.kubectl().runWith(other, "diff", "-n", NS, "-f", "-");
        assertEquals(1, diff.code(), diff.all());
        shows(diff.out(), "-      - image: " + TestCluster.BUSYBOX, "+      - image: localhost/other:2");
        pods.run("delete", "deployment", "changed");
    }

    @Test
    void aControllerAndAServiceAreExposed() {
        pods.run("expose", "rc", "primary", "--name=rm2", "--port=1234", "--target-port=6379");
        awaitEndpoints("rm2");
        pods.run("expose", "service", "rm2", "--name=rm3", "--port=2345", "--target-port=6379");
        awaitEndpoints("rm3");
        assertEquals("2345 6379", pods.get("service/rm3", "{.spec.ports[0].port} {.spec.ports[0].targetPort}"));
    }

    private void awaitEndpoints(String service) {
        await().atMost(LIMIT)
                .until(() -> pods.run(
                                "get",
                                "endpointslices",
                                "-l",
                                "kubernetes.io/service-name=" + service,
                                "-o",
                                "jsonpath={.items[0].ports[0].port} {range .items[0].endpoints[*]}x{end}")
                        .equals("6379 xx"));
    }

    @Test
    void theProxyServesOnAnyPortAndOnASocket(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("proxy.log");
        Process any = pods.kubectl().start(log, "proxy", "-p", "0", "--disable-filter");
        Path socket = folder.resolve("proxy.sock");
        Process unix = pods.kubectl().start(folder.resolve("socket.log"), "proxy", "--unix-socket=" + socket);
        try {
            await().atMost(LIMIT).until(() -> port(log) > 0);
            assertTrue(curl("http://127.0.0.1:" + port(log) + "/api/").contains("\"versions\""));
            await().atMost(LIMIT).until(() -> Files.exists(socket));
            assertTrue(curl("--unix-socket", socket.toString(), "http://localhost/api/")
                    .contains("\"versions\""));
        } finally {
            any.destroy();
            unix.destroy();
        }
    }

    private static int port(Path log) throws Exception {
        Matcher serving = SERVING.matcher(Files.readString(log));
        return serving.find() ? Integer.parseInt(serving.group(1)) : 0;
    }

    private String curl(String... words) {
        List<String> all = new ArrayList<>(List.of("curl", "-s", "-m", "20"));
        all.addAll(List.of(words));
        return machine.run(Duration.ofSeconds(30), Map.of(), "", all.toArray(String[]::new))
                .out();
    }

    @Test
    void aNamespaceLosesItsPodsBeforeTheRest() {
        Kubectl kubectl = pods.kubectl().inNewNamespace(ORDERED);
        String held = "\"metadata\":{\"name\":\"held\",\"finalizers\":[\"example.com/held\"]}";
        kubectl.mustWith(
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\","
                        + held
                        + "},{\"apiVersion\":\"v1\",\"kind\":\"Pod\"," + held
                        + ",\"spec\":{\"terminationGracePeriodSeconds\":0,\"containers\":[{\"name\":\"c\",\"image\":\""
                        + TestCluster.BUSYBOX + "\",\"command\":[\"sleep\",\"1000\"]}]}}]}",
                "create",
                "-n",
                ORDERED,
                "-f",
                "-");
        kubectl.must("delete", "namespace", ORDERED, "--wait=false");
        await().atMost(LIMIT)
                .until(() -> kubectl.must(
                                "get",
                                "namespace",
                                ORDERED,
                                "-o",
                                "jsonpath={.status.conditions[?(@.type==\"NamespaceContentRemaining\")].status}")
                        .equals("True"));
        assertTrue(isGoing(kubectl, "pod"));
        assertTrue(!isGoing(kubectl, "configmap"), "the rest waits for the pods");
        release(kubectl, "pod");
        await().atMost(LIMIT).until(() -> isGoing(kubectl, "configmap"));
        release(kubectl, "configmap");
        kubectl.must("wait", "--for=delete", "namespace/" + ORDERED, "--timeout=60s");
    }

    private static boolean isGoing(Kubectl kubectl, String kind) {
        return !kubectl.must("get", "-n", ORDERED, kind, "held", "-o", "jsonpath={.metadata.deletionTimestamp}")
                .isEmpty();
    }

    private static void release(Kubectl kubectl, String kind) {
        kubectl.must(
                "patch", "-n", ORDERED, kind, "held", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
    }

    @Test
    void aPodIsGivenItsAccountsToken() {
        assertEquals(NS, pods.run("exec", "automount", "--", "cat", ACCOUNT + "namespace"));
        String authority = pods.get("configmap/kube-root-ca.crt", "{.data.ca\\.crt}");
        assertEquals(authority, pods.run("exec", "automount", "--", "cat", ACCOUNT + "ca.crt"));
        String token = pods.run("exec", "automount", "--", "cat", ACCOUNT + "token");
        assertEquals("system:serviceaccount:" + NS + ":default true", reviewed(token, ""));
    }

    @Test
    void aProjectedTokenIsForItsAudience() {
        String token = pods.run("exec", "projected", "--", "cat", "/tokens/token");
        assertEquals("system:serviceaccount:" + NS + ":default true", reviewed(token, "\"vault\""));
        assertTrue(reviewed(token, "\"other\"").isEmpty());
    }

    /// As somebody would who knows nothing but the token and the authority's certificate.
    @Test
    void othersVerifyAPodsToken(@TempDir Path folder) throws Exception {
        String text = pods.run("exec", "automount", "--", "cat", ACCOUNT + "token");
        Path authority =
                Files.writeString(folder.resolve("ca.crt"), pods.get("configmap/kube-root-ca.crt", "{.data.ca\\.crt}"));
        SignedJWT token = SignedJWT.parse(text);
        String server = pods.kubectl().must("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}");
        JsonNode issuer = document(authority, text, server + "/.well-known/openid-configuration");
        assertEquals(token.getJWTClaimsSet().getIssuer(), issuer.path("issuer").asString(""));
        String keys =
                document(authority, text, issuer.path("jwks_uri").asString("")).toString();
        JWK key = JWKSet.parse(keys).getKeyByKeyId(token.getHeader().getKeyID());
        Key publicKey = key instanceof AsymmetricJWK asymmetric ? asymmetric.toPublicKey() : null;
        assertTrue(token.verify(new DefaultJWSVerifierFactory().createJWSVerifier(token.getHeader(), publicKey)));
        assertEquals(
                "system:serviceaccount:" + NS + ":default",
                token.getJWTClaimsSet().getSubject());
    }

    private JsonNode document(Path authority, String token, String url) {
        return Json.MAPPER.readTree(
                curl("--cacert", authority.toString(), "-H", "Authorization: Bearer " + token, url));
    }

    /// The user of a token, and whether it is valid.
    private String reviewed(String token, String audiences) {
        String review = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\""
                + token + "\",\"audiences\":[" + audiences + "]}}";
        return pods.kubectl()
                .mustWith(review, "create", "-f", "-", "-o", "jsonpath={.status.user.username} {.status.authenticated}")
                .strip();
    }
}
