package io.gantry.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.authentication.v1.tokenreview.TokenReviewKind;
import io.gantry.api.authorization.v1.localsubjectaccessreview.LocalSubjectAccessReviewKind;
import io.gantry.api.authorization.v1.subjectaccessreview.SubjectAccessReviewKind;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.kind.Kind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Patch;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the conformance suite asks of authentication and authorization, on a whole cluster.
@Gantry(nodes = 1)
class AuthConformanceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROOT_CA = "kube-root-ca.crt";

    private ApiClient client;
    private String namespace;
    private Workloads cluster;

    @BeforeEach
    void namespace(ApiClient connected, @FromGantry(FromGantry.Value.NAMESPACE) String fresh) {
        client = connected;
        namespace = fresh;
        cluster = new Workloads(connected, fresh);
        await().atMost(PATIENCE)
                .until(() -> client.resource(ServiceAccountKind.KIND)
                        .find(namespace, "default")
                        .isPresent());
    }

    private <T extends KubernetesObject> JsonNode create(Kind<T> kind, String json) {
        return Json.MAPPER.valueToTree(client.resource(kind).create(Json.MAPPER.readValue(json, kind.type())));
    }

    @Test
    void theRootCaIsInEveryNamespaceAndComesBack() {
        JsonNode first = cluster.when(
                ConfigMapKind.KIND,
                ROOT_CA,
                map -> map.path("data").path("ca.crt").asString("").contains("BEGIN CERTIFICATE"));
        cluster.delete(ConfigMapKind.KIND, ROOT_CA, Deletion.defaults());
        cluster.when(ConfigMapKind.KIND, ROOT_CA, map -> map.has("data"));
        client.resource(ConfigMapKind.KIND)
                .patch(namespace, ROOT_CA, Patch.merge(Map.of("data", Map.of("ca.crt", "not the authority"))));
        cluster.when(ConfigMapKind.KIND, ROOT_CA, map -> map.path("data").equals(first.path("data")));
    }

    @Test
    void aTokenIsMadeAndReviewed() {
        create(ServiceAccountKind.KIND, "{\"metadata\":{\"name\":\"sa\",\"namespace\":\"" + namespace + "\"}}");
        JsonNode request = client.resource(ServiceAccountKind.KIND)
                .post(
                        namespace,
                        "sa",
                        "token",
                        Map.of(
                                "apiVersion",
                                "authentication.k8s.io/v1",
                                "kind",
                                "TokenRequest",
                                "spec",
                                Map.of("expirationSeconds", 3600)),
                        JsonNode.class);
        String token = request.path("status").path("token").asString();
        JsonNode review = create(TokenReviewKind.KIND, "{\"spec\":{\"token\":\"" + token + "\"}}");
        assertTrue(review.path("status").path("authenticated").asBoolean(), review.toString());
        assertEquals(
                "system:serviceaccount:" + namespace + ":sa",
                review.path("status").path("user").path("username").asString());
        JsonNode forged = create(TokenReviewKind.KIND, "{\"spec\":{\"token\":\"" + token + "x\"}}");
        assertFalse(forged.path("status").path("authenticated").asBoolean(false), forged.toString());
    }

    @Test
    void theIssuerIsDiscovered() {
        JsonNode document = client.raw("/.well-known/openid-configuration");
        JsonNode keys = client.raw("/openid/v1/jwks");
        assertTrue(document.path("issuer").asString("").startsWith("https://"), document.toString());
        assertTrue(document.path("jwks_uri").asString("").endsWith("/openid/v1/jwks"), document.toString());
        assertFalse(keys.path("keys").isEmpty(), keys.toString());
        assertTrue(keys.path("keys").get(0).has("kid"), keys.toString());
    }

    /// @param account what the ServiceAccount says of mounting; empty: nothing
    /// @param pod what the pod says
    record Mounting(String account, String pod, boolean mounted) {}

    @Test
    void tokensAreMountedUnlessThePodOrElseTheAccountSaysNo() {
        Mounting[] table = {
            new Mounting("", "", true),
            new Mounting("true", "", true),
            new Mounting("false", "", false),
            new Mounting("", "true", true),
            new Mounting("true", "true", true),
            new Mounting("false", "true", true),
            new Mounting("", "false", false),
            new Mounting("true", "false", false),
            new Mounting("false", "false", false)
        };
        for (Mounting row : table) {
            String name = "mount-" + (row.account() + "-" + row.pod()).replaceAll("^-|-$", "x");
            create(
                    ServiceAccountKind.KIND,
                    "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + namespace + "\"}"
                            + (row.account().isEmpty() ? "" : ",\"automountServiceAccountToken\":" + row.account())
                            + "}");
            JsonNode pod = create(
                    PodKind.KIND,
                    "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + namespace
                            + "\"},\"spec\":{\"serviceAccountName\":\"" + name + "\","
                            + (row.pod().isEmpty() ? "" : "\"automountServiceAccountToken\":" + row.pod() + ",")
                            + "\"containers\":[{\"name\":\"c\",\"image\":\"example/image\"}]}}");
            boolean mounted = pod.path("spec")
                    .path("containers")
                    .get(0)
                    .path("volumeMounts")
                    .valueStream()
                    .anyMatch(m ->
                            m.path("mountPath").asString("").equals("/var/run/secrets/kubernetes.io/serviceaccount"));
            assertEquals(row.mounted(), mounted, row + ": " + pod.path("spec"));
        }
    }

    @Test
    void accessIsReviewedForAnybody() {
        JsonNode no = review("alice", "");
        assertFalse(no.path("status").path("allowed").asBoolean(), no.toString());
        JsonNode yes = review("root", ",\"groups\":[\"system:masters\"]");
        assertTrue(yes.path("status").path("allowed").asBoolean(), yes.toString());
        JsonNode local = create(
                LocalSubjectAccessReviewKind.KIND,
                "{\"metadata\":{\"namespace\":\"" + namespace + "\"}," + spec("alice", "") + "}");
        assertFalse(local.path("status").path("allowed").asBoolean(), local.toString());
    }

    private JsonNode review(String user, String more) {
        return create(SubjectAccessReviewKind.KIND, "{" + spec(user, more) + "}");
    }

    private String spec(String user, String more) {
        return "\"spec\":{\"user\":\"" + user + "\"" + more + ",\"resourceAttributes\":{\"namespace\":\"" + namespace
                + "\",\"verb\":\"list\",\"resource\":\"configmaps\",\"version\":\"v1\"}}";
    }
}
