package io.gantry.apiserver.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.decode.Bodies;
import io.gantry.apiserver.ApiServer;
import io.gantry.apiserver.Security;
import io.gantry.apiserver.ServerConfig;
import io.gantry.store.memory.MemoryStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// An API server for tests of policies, which are written in YAML.
final class PolicyServer implements AutoCloseable {
    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";

    private final MemoryStore store = new MemoryStore();
    private final ApiServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    PolicyServer() throws IOException {
        server = ApiServer.start(ServerConfig.local(store), objects -> Security.none());
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("content-type", method.equals("PATCH") ? "application/merge-patch+json" : "application/yaml")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode call(int expected, String method, String path, String body) throws Exception {
        HttpResponse<String> response = send(method, path, body);
        assertEquals(expected, response.statusCode(), response.body());
        return Json.MAPPER.readTree(response.body());
    }

    /// Writes over what is there: these kinds are not updated without the version that was read.
    JsonNode replace(String path, String document) throws Exception {
        while (true) {
            String version =
                    call(200, "GET", path, "").at("/metadata/resourceVersion").asString();
            HttpResponse<String> answer = send(
                    "PUT", path, document.replace("metadata: {", "metadata: {resourceVersion: '" + version + "', "));
            // The server's own look at a policy may write its status in between.
            if (answer.statusCode() != 409) {
                assertEquals(200, answer.statusCode(), answer.body());
                return Json.MAPPER.readTree(answer.body());
            }
        }
    }

    /// Creates a policy and a binding of the same name.
    void validating(String name, String spec, String binding) throws Exception {
        bound("Validating", "validatingadmissionpolicies", "validatingadmissionpolicybindings", name, spec, binding);
    }

    void mutating(String name, String spec, String binding) throws Exception {
        bound("Mutating", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings", name, spec, binding);
    }

    private void bound(String sort, String policies, String bindings, String name, String spec, String binding)
            throws Exception {
        call(201, "POST", GROUP + policies, document(sort + "AdmissionPolicy", name, spec));
        String whole = "policyName: " + name + "\n" + binding;
        call(201, "POST", GROUP + bindings, document(sort + "AdmissionPolicyBinding", name, whole));
    }

    /// Creates a policy that must be refused.
    JsonNode refused(String sort, String spec) throws Exception {
        String plural = sort.toLowerCase(Locale.ROOT) + "admissionpolicies";
        return call(422, "POST", GROUP + plural, document(sort + "AdmissionPolicy", "refused", spec));
    }

    static String document(String kind, String name, String spec) {
        return "apiVersion: admissionregistration.k8s.io/v1\nkind: " + kind + "\nmetadata: {name: " + name
                + "}\nspec:\n" + spec.indent(2);
    }

    JsonNode configMap(int expected, String name, String rest) throws Exception {
        return call(
                expected,
                "POST",
                "/api/v1/namespaces/default/configmaps",
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n" + rest);
    }

    JsonNode yaml(String text) {
        return Bodies.yaml(text.getBytes(StandardCharsets.UTF_8)).tree();
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
        store.close();
    }
}
