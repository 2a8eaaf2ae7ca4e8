package io.gantry.apiserver.webhook;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.node.ObjectNode;

/// A server and webhooks that it asks, anew for each test, and how both are told what to do.
abstract class WebhookedServer {
    protected static final String MAPS = "/api/v1/namespaces/default/configmaps";
    protected static final String PODS = "/api/v1/namespaces/default/pods";
    protected static final String CONFIGS = "/apis/admissionregistration.k8s.io/v1/";

    protected LocalServer api;
    protected WebhookServer hook;

    @BeforeEach
    void start() throws Exception {
        api = new LocalServer();
        hook = new WebhookServer();
        // The first write follows the configurations.
        api.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"first\"}}");
    }

    @AfterEach
    void stop() {
        api.close();
        hook.close();
    }

    protected static ObjectNode tree(String json) {
        return (ObjectNode) Json.MAPPER.readTree(json);
    }

    /// An answer to a review.
    protected static Function<ObjectNode, ObjectNode> answer(String response) {
        return review -> {
            ObjectNode answer = tree("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}");
            ObjectNode own = tree(response);
            own.put("uid", review.path("request").path("uid").asString());
            answer.set("response", own);
            return answer;
        };
    }

    protected static Function<ObjectNode, ObjectNode> patch(String operations) {
        String patch = Base64.getEncoder().encodeToString(operations.getBytes(StandardCharsets.UTF_8));
        return answer("{\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\"" + patch + "\"}");
    }

    protected static String rules(String operations, String group, String resources) {
        return "\"rules\":[{\"operations\":[\"" + operations + "\"],\"apiGroups\":[\"" + group
                + "\"],\"apiVersions\":[\"*\"],\"resources\":[\"" + resources + "\"]}]";
    }

    protected String webhook(String path, String rules, String more) {
        return "{\"name\":\"" + path.substring(1) + ".example.com\",\"clientConfig\":" + hook.clientConfig(path) + ","
                + rules + ",\"sideEffects\":\"None\",\"admissionReviewVersions\":[\"v1\"]"
                + (more.isEmpty() ? "" : "," + more) + "}";
    }

    protected void configure(String plural, String name, String webhooks) throws Exception {
        api.json(
                201,
                "POST",
                CONFIGS + plural,
                "{\"metadata\":{\"name\":\"" + name + "\"},\"webhooks\":[" + webhooks + "]}");
    }

    protected void validating(String webhook) throws Exception {
        configure("validatingwebhookconfigurations", "v", webhook);
    }

    protected void mutating(String name, String webhooks) throws Exception {
        configure("mutatingwebhookconfigurations", name, webhooks);
    }

    protected HttpResponse<String> create(String path, String body) throws Exception {
        return api.send("POST", path, "application/json", body);
    }

    protected static String message(HttpResponse<String> answer) {
        return Json.MAPPER.readTree(answer.body()).path("message").asString();
    }

    /// Until the server knows the configuration.
    protected HttpResponse<String> createUntil(int status, String path, String body) {
        return Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(() -> create(path, body), answer -> answer.statusCode() == status);
    }
}
