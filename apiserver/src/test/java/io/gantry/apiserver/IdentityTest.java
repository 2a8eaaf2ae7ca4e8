package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.component.pki.KeyPairs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whom a request speaks for: certificates, tokens of accounts and of nodes that join, front proxies, nobody.
final class IdentityTest extends SecureServer {
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

    /// A PUT or an apply that turns out to create needs the right to create.
    @Test
    void nobodyCreatesByTheRightToUpdate() throws Exception {
        namespace("updates");
        HttpClient panda = client("panda");
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/updates";
        call(
                admin,
                201,
                "POST",
                rbac + "/roles",
                "{\"metadata\":{\"name\":\"changes\"},\"rules\":[{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],"
                        + "\"verbs\":[\"get\",\"update\",\"patch\"]}]}");
        call(
                admin,
                201,
                "POST",
                rbac + "/rolebindings",
                "{\"metadata\":{\"name\":\"changes\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\","
                        + "\"kind\":\"Role\",\"name\":\"changes\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"panda\"}]}");
        String maps = "/api/v1/namespaces/updates/configmaps/";
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> status(panda, maps + "absent") == 404);
        String map = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}";
        String apply = "?fieldManager=test";
        JsonNode refused = call(
                panda,
                403,
                "PATCH",
                maps + "mine" + apply,
                map.formatted("mine"),
                "content-type",
                "application/apply-patch+yaml");
        assertTrue(
                refused.path("message").stringValue().contains("cannot create resource \"configmaps\""),
                refused.toString());
        call(
                panda,
                403,
                "PUT",
                "/apis/coordination.k8s.io/v1/namespaces/updates/leases/mine",
                "{\"metadata\":{\"name\":\"mine\"},\"spec\":{}}");
        call(
                admin,
                409,
                "PATCH",
                maps + "mine" + apply,
                map.formatted("mine\",\"uid\":\"88e00824-7f0e-11e8-94a1-c8d3ffb15800"),
                "content-type",
                "application/apply-patch+yaml");
    }

    @Test
    void aTokenLivesAsLongAsItsAccount() throws Exception {
        namespace("tokens");
        String token = token();
        String unused = token();
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
        // One that was used is remembered for a while: BearerTokensTest.
        assertEquals(401, status(anonymous, "/version", "authorization", "Bearer " + unused));
    }

    private static String token() throws Exception {
        return call(
                        admin,
                        201,
                        "POST",
                        "/api/v1/namespaces/tokens/serviceaccounts/default/token",
                        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}")
                .path("status")
                .path("token")
                .stringValue();
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

    /// `kubectl replace` sends what the file says, without what admission decided.
    @Test
    void aReplacedPodKeepsItsPriority() throws Exception {
        namespace("replaced");
        String pods = "/api/v1/namespaces/replaced/pods";
        ObjectNode pod = (ObjectNode) call(
                admin,
                201,
                "POST",
                pods,
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"x\"}]}}");
        ((ObjectNode) pod.path("spec")).remove(List.of("priority", "preemptionPolicy"));
        JsonNode replaced = call(admin, 200, "PUT", pods + "/a", pod.toString());
        assertEquals(0, replaced.at("/spec/priority").intValue());
        assertEquals(
                "PreemptLowerPriority", replaced.at("/spec/preemptionPolicy").stringValue());
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
        org.awaitility.Awaitility.await().until(() -> status(n1, "/api/v1/namespaces/pods/secrets/s") == 200);
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
    void aNodeSeesItselfAndItsSlicesOnly() throws Exception {
        String slices = "/apis/resource.k8s.io/v1/resourceslices";
        String slice = "{\"metadata\":{\"name\":\"%1$s-slice\"},\"spec\":{\"nodeName\":\"%1$s\",\"driver\":\"d.x.io\","
                + "\"pool\":{\"name\":\"%1$s\",\"resourceSliceCount\":1}}}";
        for (String node : List.of("own", "foreign")) {
            call(admin, 201, "POST", slices, slice.formatted(node));
        }
        HttpClient own = client("system:node:own", "system:nodes");
        String node = "{\"metadata\":{\"name\":\"own\"}}";
        assertTrue(call(own, 404, "PUT", "/api/v1/nodes/own/status", node)
                .toString()
                .contains("not found"));
        call(own, 404, "PUT", "/api/v1/nodes/foreign/status", node.replace("own", "foreign"));
        call(own, 201, "POST", "/api/v1/nodes", node);
        get(own, 200, "/api/v1/nodes/own");
        JsonNode refused = get(own, 403, "/api/v1/nodes");
        assertTrue(refused.path("message").asString().endsWith("cannot read all nodes, only its own Node object"));
        get(own, 403, "/api/v1/nodes/foreign");
        JsonNode mine = get(own, 200, slices + "?fieldSelector=spec.nodeName%3Down");
        assertEquals(1, mine.path("items").size());
        get(own, 403, slices);
        get(own, 403, slices + "?fieldSelector=spec.nodeName%3Dforeign");
        org.awaitility.Awaitility.await().until(() -> status(own, slices + "/own-slice") == 200);
        get(own, 403, slices + "/foreign-slice");
        JsonNode driven = get(admin, 200, slices + "?fieldSelector=spec.driver%3Dd.x.io,spec.nodeName%3Dforeign");
        assertEquals(1, driven.path("items").size());
    }

    /// The secret of a volume is for the node where its claim is used, whatever sort of volume it is.
    @Test
    void aNodeSeesTheSecretsOfItsVolumes() throws Exception {
        namespace("volumes");
        String secrets = "/api/v1/namespaces/volumes/secrets";
        for (String name : List.of("share", "elsewhere")) {
            call(admin, 201, "POST", secrets, "{\"metadata\":{\"name\":\"%s\"}}".formatted(name));
        }
        call(
                admin,
                201,
                "POST",
                "/api/v1/persistentvolumes",
                "{\"metadata\":{\"name\":\"azure\"},\"spec\":{\"accessModes\":[\"ReadOnlyMany\"],\"capacity\":{\"storage\":\"1\"},"
                        + "\"claimRef\":{\"namespace\":\"volumes\",\"name\":\"c\"},"
                        + "\"azureFile\":{\"shareName\":\"s\",\"secretName\":\"share\"}}}");
        call(
                admin,
                201,
                "POST",
                "/api/v1/namespaces/volumes/pods",
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"nodeName\":\"v1\",\"containers\":[{\"name\":\"c\",\"image\":\"x\"}],"
                        + "\"volumes\":[{\"name\":\"v\",\"persistentVolumeClaim\":{\"claimName\":\"c\"}}]}}");
        HttpClient v1 = client("system:node:v1", "system:nodes");
        org.awaitility.Awaitility.await().until(() -> status(v1, secrets + "/share") == 200);
        get(v1, 403, secrets + "/elsewhere");
    }

    /// A WebSocket is a GET, and runs a command all the same.
    @Test
    void nobodyRunsCommandsByTheRightToGet() throws Exception {
        namespace("streams");
        String pods = "/api/v1/namespaces/streams/pods";
        call(
                admin,
                201,
                "POST",
                pods,
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"x\"}]}}");
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/streams/";
        for (String verb : List.of("get", "create")) {
            call(
                    admin,
                    201,
                    "POST",
                    rbac + "roles",
                    ("{\"metadata\":{\"name\":\"%s\"},\"rules\":[{\"apiGroups\":[\"\"],\"verbs\":[\"%1$s\"],"
                                    + "\"resources\":[\"pods/exec\",\"pods/attach\",\"pods/portforward\"]}]}")
                            .formatted(verb));
        }
        String binding = "{\"metadata\":{\"generateName\":\"b\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"%s\"}],"
                + "\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"%s\"}}";
        for (String grant : List.of("looks get", "runs get", "runs create")) {
            call(admin, 201, "POST", rbac + "rolebindings", binding.formatted((Object[]) grant.split(" ")));
        }
        for (String stream : List.of("exec", "attach", "portforward")) {
            get(client("looks"), 403, pods + "/a/" + stream);
            get(client("runs"), 400, pods + "/a/" + stream);
        }
    }

    /// Who verifies tokens asks once an hour.
    @Test
    void theDocumentsOfTheIssuerMayBeRemembered() throws Exception {
        for (String path : List.of("/.well-known/openid-configuration", "/openid/v1/jwks")) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + server.address().getPort() + path))
                    .build();
            HttpHeaders headers =
                    admin.send(request, HttpResponse.BodyHandlers.discarding()).headers();
            assertEquals(List.of("public, max-age=3600"), headers.allValues("cache-control"), path);
        }
    }

    @Test
    void anonymousSeesVersionAndHealthOnly() throws Exception {
        get(anonymous, 200, "/version");
        JsonNode refused = get(anonymous, 401, "/api/v1/namespaces/default/pods");
        assertEquals("Unauthorized", refused.path("message").asString());
        get(anonymous, 401, "/metrics");
        get(anonymous, 401, "/version", "authorization", "Bearer nonsense");
    }
}
