package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever may watch one object by its name sees that one, whatever else is asked for.
class NamedWatchTest extends SecureServer {
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";
    private static final String ONE = "/api/v1/watch/namespaces/default/secrets/mine";

    private static HttpClient watcher;

    private static HttpClient watcher() throws Exception {
        if (watcher == null) {
            call(admin, 201, "POST", RBAC + "roles", """
                    {"metadata":{"name":"one"},"rules":[{"apiGroups":[""],"resources":["secrets"],
                     "resourceNames":["mine"],"verbs":["watch","list","deletecollection"]}]}""");
            call(admin, 201, "POST", RBAC + "rolebindings", """
                    {"metadata":{"name":"one"},"subjects":[{"kind":"User","name":"one"}],
                     "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"one"}}""");
            watcher = client("one");
        }
        return watcher;
    }

    @ParameterizedTest
    @ValueSource(strings = {"type%3DOpaque", "metadata.namespace%3Ddefault", "metadata.name%3Dother"})
    void aSelectorDoesNotWidenIt(String selector) throws Exception {
        assertEquals(
                "fieldSelector metadata.name doesn't match requested name",
                get(watcher(), 400, ONE + "?fieldSelector=" + selector)
                        .path("message")
                        .asString());
    }

    @Test
    void theOneIsSeen() throws Exception {
        assertEquals(200, begun(ONE + "?fieldSelector=metadata.name%3Dmine"));
        assertEquals(200, begun(ONE));
        assertEquals(200, begun(SECRETS + "?watch=1&fieldSelector=metadata.name%3Dmine"));
    }

    /// The status of a watch, which is ended when it has begun.
    private static int begun(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + path))
                .build();
        HttpResponse<InputStream> answer = watcher().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            return answer.statusCode();
        }
    }

    /// Names of roles say nothing about collections.
    @Test
    void aSelectorIsNoNameForADeletion() throws Exception {
        call(watcher(), 403, "DELETE", SECRETS + "?fieldSelector=metadata.name%3Dmine", "");
    }
}
