package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Which methods paths take, and what all answers say to caches.
class MethodsTest {
    private static final String JSON = "application/json";
    private static final String DEFAULT = "/api/v1/namespaces/default/";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @ParameterizedTest
    @CsvSource({
        "HEAD,pods,405",
        "HEAD,pods/a,405",
        "PUT,pods/a/exec,405",
        "DELETE,pods/a/attach,405",
        "PUT,pods/a/portforward,405",
        "POST,pods/a/log,405",
        "GET,bindings,405",
        "GET,bindings/a,404",
        "PUT,bindings/a,404",
        "DELETE,bindings/a,404"
    })
    void aMethodThatIsNotThereIsRefused(String method, String path, int status) throws Exception {
        assertEquals(status, SERVER.send(method, DEFAULT + path, JSON, "{}").statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/namespaces/default/nodes,404",
        "GET,/api/v1/namespaces/default/nodes/a,404",
        "POST,/api/v1/namespaces/default/nodes,404",
        "DELETE,/apis/rbac.authorization.k8s.io/v1/namespaces/default/clusterroles/cluster-admin,404",
        "DELETE,/api/v1/namespaces/default/namespaces/kube-system,404",
        "PUT,/api/v1/namespaces/default/nodes/a/status,404",
        "GET,/api/v1/configmaps/a,404",
        "PATCH,/api/v1/configmaps/a,404",
        "DELETE,/api/v1/configmaps/a,404",
        "PUT,/api/v1/pods/a/status,404",
        "POST,/api/v1/configmaps,405",
        "POST,/api/v1/namespaces/default,405",
        "DELETE,/api/v1/configmaps,405",
        "DELETE,/api/v1/namespaces,405",
        "POST,/apis/authorization.k8s.io/v1/localsubjectaccessreviews,404",
        "GET,/api/v1/foo,404",
        "GET,/api/v1/namespaces/default/foo,404",
        "GET,/apis/apps/v1beta1/deployments,404",
        "POST,/api/v1/watch/namespaces/default/configmaps,405",
        "DELETE,/api/v1/watch/namespaces/default/configmaps,405",
        "DELETE,/api/v1/watch/namespaces/default/configmaps/a,405",
        "GET,/api/v1/watch/nodes/a/status,404"
    })
    void whatIsNotBelowThatPathIsNotReachedThere(String method, String path, int status) throws Exception {
        JsonNode answer = SERVER.json(status, method, path, "{}");
        assertEquals(
                status == 404
                        ? "the server could not find the requested resource"
                        : "the server does not allow this method on the requested resource",
                answer.path("message").asString());
        assertEquals("{}", answer.path("details").toString());
    }

    @Test
    void namespacesAreLeftByADeletionOfAll() throws Exception {
        SERVER.json(201, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"stays\"}}");
        SERVER.json(405, "DELETE", "/api/v1/namespaces", "");
        assertFalse(SERVER.json(200, "GET", "/api/v1/namespaces/stays", "")
                .path("metadata")
                .has("deletionTimestamp"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/healthz",
                "/version",
                "/openapi/v2",
                "/api",
                "/api/v1",
                "/apis/apps/v1",
                "/api/v1/namespaces",
                "/nothing"
            })
    void nothingIsKeptByCaches(String path) throws Exception {
        assertEquals(
                Optional.of("no-cache, private"),
                SERVER.send("GET", path, JSON, "").headers().firstValue("cache-control"));
    }

    @Test
    void aRefusalBringsItsWarnings() throws Exception {
        String body = "{\"metadata\":{\"name\":\"twice\"},\"foo\":1}";
        SERVER.json(201, "POST", DEFAULT + "configmaps", body);
        HttpResponse<String> refused = SERVER.send("POST", DEFAULT + "configmaps", JSON, body);
        assertEquals(409, refused.statusCode());
        assertEquals(
                List.of("299 - \"unknown field \\\"foo\\\"\""),
                refused.headers().allValues("warning"));
    }

    @Test
    void aDocumentThatNeverChangesIsKept() throws Exception {
        String path = SERVER.json(200, "GET", "/openapi/v3", "")
                .at("/paths/api~1v1/serverRelativeURL")
                .asString();
        assertEquals(
                Optional.of("public, immutable"),
                SERVER.send("GET", path, JSON, "").headers().firstValue("cache-control"));
    }
}
