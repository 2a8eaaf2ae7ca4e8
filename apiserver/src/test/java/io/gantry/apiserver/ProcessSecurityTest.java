package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.http.ServerTls;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.KeyPairs;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import io.gantry.store.memory.MemoryStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The whole server over TLS, with the security that its process has.
final class ProcessSecurityTest {
    private static final MemoryStore STORE = new MemoryStore();
    private static final Duration LIFE = Duration.ofDays(1);

    @TempDir
    private static Path directory;

    private static CertificateAuthority authority;
    private static CertificateAuthority proxies;
    private static ApiServer server;
    private static HttpClient admin;
    private static HttpClient anonymous;

    @BeforeAll
    static void start() throws Exception {
        authority = CertificateAuthority.create("test-ca", LIFE);
        proxies = CertificateAuthority.create("front-proxy-ca", LIFE);
        Files.writeString(directory.resolve("front.crt"), proxies.identity().certificatePem());
        Identity serving = authority.issue(
                CertificateProfile.server("kube-apiserver", List.of("localhost"), List.of("127.0.0.1"), LIFE));
        KeyPair keys = KeyPairs.ec();
        Files.writeString(directory.resolve("sa.key"), Pem.encode(keys.getPrivate()));
        Files.writeString(directory.resolve("sa.pub"), Pem.encode(keys.getPublic()));
        Files.writeString(directory.resolve("ca.crt"), authority.identity().certificatePem());
        ServerFlags flags = ServerFlags.parse(
                "--client-ca-file=" + directory.resolve("ca.crt"),
                "--requestheader-client-ca-file=" + directory.resolve("front.crt"),
                "--requestheader-allowed-names=front-proxy-client",
                "--service-account-key-file=" + directory.resolve("sa.pub"),
                "--service-account-signing-key-file=" + directory.resolve("sa.key"));
        ServerConfig local = ServerConfig.local(STORE);
        ServerConfig config = new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(new ServerTls(
                        serving.key(),
                        List.of(serving.certificate()),
                        List.of(
                                authority.identity().certificate(),
                                proxies.identity().certificate()))),
                STORE,
                Optional.empty(),
                local.serviceCidr(),
                local.nodePorts(),
                InstantSource.system(),
                local.kubelets());
        server = ApiServer.start(config, objects -> ProcessSecurity.create(flags, objects));
        admin = client("admin", "system:masters");
        anonymous = HttpClient.newBuilder()
                .sslContext(
                        TlsContexts.client(List.of(authority.identity().certificate()), Optional.empty(), List.of()))
                .build();
    }

    @AfterAll
    static void stop() {
        server.close();
        STORE.close();
    }

    private static HttpClient client(String user, String... groups) throws Exception {
        return client(authority, user, groups);
    }

    private static HttpClient client(CertificateAuthority signer, String user, String... groups) throws Exception {
        Identity identity = signer.issue(CertificateProfile.client(user, List.of(groups), LIFE));
        return HttpClient.newBuilder()
                .sslContext(TlsContexts.client(
                        List.of(authority.identity().certificate()),
                        Optional.of(identity.key()),
                        List.of(identity.certificate())))
                .build();
    }

    private static JsonNode call(
            HttpClient client, int expected, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("content-type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(expected, response.statusCode(), method + " " + path + ": " + response.body());
        return Json.MAPPER.readTree(response.body());
    }

    private static JsonNode get(HttpClient client, int expected, String path, String... headers) throws Exception {
        return call(client, expected, "GET", path, "", headers);
    }

    private static void namespace(String name) throws Exception {
        call(admin, 201, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        call(
                admin,
                201,
                "POST",
                "/api/v1/namespaces/" + name + "/serviceaccounts",
                "{\"metadata\":{\"name\":\"default\"}}");
    }

    /// Front proxies speak for others; nobody else does, and they are nobody themselves.
    @Test
    void aFrontProxyNamesUsers() throws Exception {
        String reviews = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
        String[] fields = {
            "X-Remote-User", "jane",
            "X-Remote-Uid", "7",
            "X-Remote-Group", "devs",
            "X-Remote-Group", "ops",
            "X-Remote-Extra-Example.com%2Fscope", "view"
        };
        HttpClient proxy = client(proxies, "front-proxy-client", "system:masters");
        JsonNode jane =
                call(proxy, 201, "POST", reviews, "{}", fields).path("status").path("userInfo");
        assertEquals("jane", jane.path("username").asString());
        assertEquals("7", jane.path("uid").asString());
        assertEquals(
                List.of("devs", "ops", "system:authenticated"),
                jane.path("groups").valueStream().map(JsonNode::asString).toList());
        assertEquals("view", jane.at("/extra/example.com~1scope/0").asString(), jane.toString());
        get(proxy, 403, "/api/v1/namespaces/default/pods", "X-Remote-User", "jane");
        get(proxy, 401, "/version");
        get(client(proxies, "stranger", "system:masters"), 401, "/version", fields);
        JsonNode himself =
                call(admin, 201, "POST", reviews, "{}", fields).path("status").path("userInfo");
        assertEquals("admin", himself.path("username").asString());
    }

    /// What is not stored has no Table.
    @Test
    void reviewsHaveNoTable() throws Exception {
        String table = "application/json;as=Table;v=v1;g=meta.k8s.io";
        JsonNode refused = call(
                admin,
                406,
                "POST",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}",
                "accept",
                table);
        assertEquals("NotAcceptable", refused.path("reason").asString());
    }

    @Test
    void defaultRolesAreThere() throws Exception {
        JsonNode roles = get(admin, 200, "/apis/rbac.authorization.k8s.io/v1/clusterroles");
        assertTrue(roles.path("items").size() > 25);
        get(admin, 200, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/system:kube-scheduler");
        get(admin, 200, "/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical");
    }

    @Test
    void anonymousSeesVersionAndHealthOnly() throws Exception {
        get(anonymous, 200, "/version");
        JsonNode refused = get(anonymous, 401, "/api/v1/namespaces/default/pods");
        assertEquals("Unauthorized", refused.path("message").asString());
        get(anonymous, 401, "/metrics");
        get(anonymous, 401, "/version", "authorization", "Bearer nonsense");
    }

    @Test
    void aTokenLivesAsLongAsItsAccount() throws Exception {
        namespace("tokens");
        JsonNode made = call(
                admin,
                201,
                "POST",
                "/api/v1/namespaces/tokens/serviceaccounts/default/token",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}");
        String token = made.path("status").path("token").stringValue();
        String bearer = "Bearer " + token;
        JsonNode refused = get(anonymous, 403, "/api/v1/namespaces/tokens/secrets", "authorization", bearer);
        assertTrue(refused.path("message").stringValue().contains("system:serviceaccount:tokens:default"));
        JsonNode who = call(
                anonymous,
                201,
                "POST",
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}",
                "authorization",
                bearer);
        assertEquals(
                "system:serviceaccount:tokens:default",
                who.path("status").path("userInfo").path("username").stringValue());
        JsonNode review = call(
                admin,
                201,
                "POST",
                "/apis/authentication.k8s.io/v1/tokenreviews",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\"" + token
                        + "\"}}");
        assertTrue(review.path("status").path("authenticated").booleanValue());
        get(anonymous, 200, "/openid/v1/jwks", "authorization", bearer);
        call(admin, 200, "DELETE", "/api/v1/namespaces/tokens/serviceaccounts/default", "");
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status("/version", bearer) == 401);
    }

    private static int status(String path, String bearer) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + path))
                .header("authorization", bearer)
                .build();
        return anonymous.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void requestsAreSortedIntoFlows() throws Exception {
        String base = "/apis/flowcontrol.apiserver.k8s.io/v1/";
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get(admin, 200, base + "flowschemas").path("items").size() == 13);
        String level = call(
                        admin,
                        201,
                        "POST",
                        base + "prioritylevelconfigurations",
                        "{\"metadata\":{\"name\":\"carla\"},\"spec\":{\"type\":\"Limited\",\"limited\":{\"nominalConcurrencyShares\":1,"
                                + "\"limitResponse\":{\"type\":\"Reject\"}}}}")
                .at("/metadata/uid")
                .stringValue();
        String schema = call(
                        admin,
                        201,
                        "POST",
                        base + "flowschemas",
                        "{\"metadata\":{\"name\":\"carla\"},\"spec\":{\"priorityLevelConfiguration\":{\"name\":\"carla\"},"
                                + "\"matchingPrecedence\":3,\"rules\":[{\"subjects\":[{\"kind\":\"User\",\"user\":{\"name\":"
                                + "\"carla\"}}],\"nonResourceRules\":[{\"verbs\":[\"*\"],\"nonResourceURLs\":[\"*\"]}]}]}}")
                .at("/metadata/uid")
                .stringValue();
        HttpClient carla = client("carla");
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var headers = carla.send(
                            HttpRequest.newBuilder(URI.create("https://127.0.0.1:"
                                            + server.address().getPort() + "/version"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .headers();
            assertEquals(Optional.of(schema), headers.firstValue("X-Kubernetes-PF-FlowSchema-UID"));
            assertEquals(Optional.of(level), headers.firstValue("X-Kubernetes-PF-PriorityLevel-UID"));
        });
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get(admin, 200, base + "flowschemas/carla")
                        .at("/status/conditions/0/status")
                        .asString("")
                        .equals("False"));
    }

    @Test
    void rolesGrantAndNobodyGrantsMoreThanHeHas() throws Exception {
        namespace("rbac");
        String base = "/apis/rbac.authorization.k8s.io/v1/namespaces/rbac/";
        call(admin, 201, "POST", base + "rolebindings", binding("anna", "admin"));
        HttpClient anna = client("anna");
        get(anna, 200, "/api/v1/namespaces/rbac/pods");
        get(anna, 403, "/api/v1/namespaces/default/pods");
        call(anna, 201, "POST", base + "rolebindings", binding("bert", "view"));
        JsonNode refused = call(anna, 403, "POST", base + "rolebindings", binding("bert", "cluster-admin"));
        assertTrue(refused.path("message").stringValue().contains("not currently held"), refused.toString());
        get(client("bert"), 200, "/api/v1/namespaces/rbac/configmaps");
        get(client("bert"), 403, "/api/v1/namespaces/rbac/secrets");
        get(admin, 200, "/api/v1/namespaces/rbac/pods", "Impersonate-User", "anna");
        get(admin, 403, "/api/v1/namespaces/default/pods", "Impersonate-User", "anna");
        assertTrue(get(anna, 403, "/api/v1/namespaces/rbac/pods", "Impersonate-User", "bert")
                .path("message")
                .stringValue()
                .startsWith("users \"bert\" is forbidden: User \"anna\" cannot impersonate resource \"users\""));
        call(admin, 200, "DELETE", base + "rolebindings/anna-admin", "");
        org.awaitility.Awaitility.await().until(() -> get0(anna, "/api/v1/namespaces/rbac/pods") == 403);
    }

    private static int get0(HttpClient client, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String binding(String user, String role) {
        return "{\"metadata\":{\"name\":\"" + user + "-" + role + "\"},\"subjects\":[{\"kind\":\"User\",\"name\":\""
                + user + "\",\"apiGroup\":\"rbac.authorization.k8s.io\"}],\"roleRef\":{\"kind\":\"ClusterRole\","
                + "\"name\":\"" + role + "\",\"apiGroup\":\"rbac.authorization.k8s.io\"}}";
    }

    @Test
    void aPodGetsItsTokenVolumeAndANodeSeesItsOwnOnly() throws Exception {
        namespace("pods");
        String pods = "/api/v1/namespaces/pods/pods";
        JsonNode pod = call(
                admin,
                201,
                "POST",
                pods,
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"c\","
                        + "\"image\":\"x\",\"envFrom\":[{\"secretRef\":{\"name\":\"s\"}}]}]}}");
        assertEquals("default", pod.at("/spec/serviceAccountName").stringValue());
        assertTrue(pod.at("/spec/volumes/0/name").stringValue().startsWith("kube-api-access-"));
        assertEquals(2, pod.at("/spec/tolerations").size());
        assertEquals(0, pod.at("/spec/priority").intValue());
        for (String name : List.of("s", "other")) {
            call(admin, 201, "POST", "/api/v1/namespaces/pods/secrets", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        }
        HttpClient n1 = client("system:node:n1", "system:nodes");
        HttpClient n2 = client("system:node:n2", "system:nodes");
        org.awaitility.Awaitility.await().until(() -> get0(n1, "/api/v1/namespaces/pods/secrets/s") == 200);
        get(n1, 403, "/api/v1/namespaces/pods/secrets/other");
        get(n2, 403, "/api/v1/namespaces/pods/secrets/s");
        get(n1, 200, "/api/v1/pods?fieldSelector=spec.nodeName=n1");
        get(n1, 403, "/api/v1/pods");
        String node = "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"kubernetes.io/hostname\":\"n1\"}}}";
        JsonNode made = call(n1, 201, "POST", "/api/v1/nodes", node);
        assertEquals(
                "node.kubernetes.io/not-ready", made.at("/spec/taints/0/key").stringValue());
        call(n2, 403, "POST", "/api/v1/nodes", node.replace("\"name\":\"n1\"", "\"name\":\"n3\""));
        call(
                n1,
                201,
                "POST",
                "/api/v1/namespaces/pods/serviceaccounts/default/token",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{"
                        + "\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"name\":\"a\",\"uid\":\""
                        + pod.at("/metadata/uid").stringValue() + "\"}}}");
        call(
                n1,
                403,
                "POST",
                "/api/v1/namespaces/pods/serviceaccounts/default/token",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}");
    }

    @Test
    void aBootstrapTokenMayAskForACertificate() throws Exception {
        call(
                admin,
                201,
                "POST",
                "/api/v1/namespaces/kube-system/secrets",
                "{\"metadata\":{\"name\":\"bootstrap-token-abcdef\"},\"type\":\"bootstrap.kubernetes.io/token\","
                        + "\"data\":{\"token-id\":\"" + base64("abcdef") + "\",\"token-secret\":\""
                        + base64("0123456789abcdef") + "\",\"usage-bootstrap-authentication\":\"" + base64("true")
                        + "\",\"auth-extra-groups\":\""
                        + base64("system:bootstrappers:kubeadm:default-node-token") + "\"}}");
        JsonNode request = call(
                anonymous,
                201,
                "POST",
                "/apis/certificates.k8s.io/v1/certificatesigningrequests",
                "{\"metadata\":{\"name\":\"join\"},\"spec\":{\"request\":\"" + base64(csr())
                        + "\",\"signerName\":\"kubernetes.io/kube-apiserver-client-kubelet\",\"usages\":[\"client auth\","
                        + "\"digital signature\"],\"username\":\"somebody-else\"}}",
                "authorization",
                "Bearer abcdef.0123456789abcdef");
        assertEquals("system:bootstrap:abcdef", request.at("/spec/username").stringValue());
        get(anonymous, 401, "/version", "authorization", "Bearer abcdef.0123456789abcdee");
    }

    private static String csr() {
        return io.gantry.component.pki.CertificateRequests.create(
                KeyPairs.ec(), "system:node:n9", List.of("system:nodes"), List.of(), List.of());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void canI() throws Exception {
        JsonNode answer = call(
                client("nobody"),
                201,
                "POST",
                "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"spec\":"
                        + "{\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"pods\",\"namespace\":\"default\"}}}");
        assertEquals(false, answer.at("/status/allowed").booleanValue());
    }

    @Test
    void nothingIsMadeInANamespaceThatIsNotThere() throws Exception {
        JsonNode refused =
                call(admin, 404, "POST", "/api/v1/namespaces/none/configmaps", "{\"metadata\":{\"name\":\"a\"}}");
        assertEquals("namespaces \"none\" not found", refused.path("message").stringValue());
        call(admin, 403, "DELETE", "/api/v1/namespaces/kube-system", "");
    }
}
