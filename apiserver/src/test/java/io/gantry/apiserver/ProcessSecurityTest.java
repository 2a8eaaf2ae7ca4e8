package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Who may do what, and what is sorted where, on the whole server over TLS.
final class ProcessSecurityTest extends SecureServer {
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
        get(admin, 200, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/gantry:kube-scheduler");
        get(admin, 200, "/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical");
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
                .startsWith("pods is forbidden: User \"anna\" cannot impersonate-on:user-info:list resource"));
        call(admin, 200, "DELETE", base + "rolebindings/anna-admin", "");
        org.awaitility.Awaitility.await().until(() -> status(anna, "/api/v1/namespaces/rbac/pods") == 403);
    }

    private static String binding(String user, String role) {
        return "{\"metadata\":{\"name\":\"" + user + "-" + role + "\"},\"subjects\":[{\"kind\":\"User\",\"name\":\""
                + user + "\",\"apiGroup\":\"rbac.authorization.k8s.io\"}],\"roleRef\":{\"kind\":\"ClusterRole\","
                + "\"name\":\"" + role + "\",\"apiGroup\":\"rbac.authorization.k8s.io\"}}";
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
