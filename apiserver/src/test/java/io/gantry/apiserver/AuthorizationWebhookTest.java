package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.webhook.WebhookServer;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.Pem;
import io.gantry.component.pki.TlsContexts;
import io.gantry.store.memory.MemoryStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A server with `--authorization-config`: a webhook, then RBAC, then a webhook that cannot be asked.
final class AuthorizationWebhookTest {
    private static final Map<String, String> ANSWERS = Map.of(
            "jane", "{\"allowed\":true,\"reason\":\"she may\"}",
            "joe", "{\"allowed\":false,\"denied\":true,\"reason\":\"not him\"}",
            "root", "{\"allowed\":false,\"denied\":true,\"reason\":\"not even him\"}");

    @TempDir
    private static Path directory;

    private static WebhookServer hook;
    private static MemoryStore store;
    private static ApiServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        hook = new WebhookServer()
                .on("/authorize", AuthorizationWebhookTest::answer)
                .on("/broken", 403, "");
        CertificateAuthority clients = CertificateAuthority.create("clients", Duration.ofDays(1));
        Files.writeString(directory.resolve("ca.crt"), clients.identity().certificatePem());
        Files.writeString(
                directory.resolve("tokens"), "jane,jane,1\njoe,joe,2\nann,ann,3\nroot,root,4,\"system:masters\"\n");
        Files.writeString(directory.resolve("config"), """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AuthorizationConfiguration
            authorizers:
            - {type: Webhook, name: hook, webhook: %s}
            - {type: RBAC, name: rbac}
            - {type: Webhook, name: broken, webhook: %s}
            """.formatted(
                        webhook("authorize", "true"), webhook("broken", "request.user == 'ann'")));
        store = new MemoryStore();
        server = ServerStart.start(
                store,
                "--authorization-config=" + directory.resolve("config"),
                "--bind-address=127.0.0.1",
                "--cert-dir=" + directory.resolve("made"),
                "--client-ca-file=" + directory.resolve("ca.crt"),
                "--secure-port=0",
                "--token-auth-file=" + directory.resolve("tokens"));
        client = HttpClient.newBuilder()
                .sslContext(TlsContexts.client(
                        Pem.certificates(directory.resolve("made/apiserver.crt")), Optional.empty(), List.of()))
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        store.close();
        hook.close();
    }

    /// Whoever is called `echo` is told what was asked.
    private static ObjectNode answer(ObjectNode review) {
        if (review.path("spec").path("user").asString().equals("echo")) {
            review.putObject("status")
                    .put("allowed", true)
                    .put("reason", review.at("/spec/resourceAttributes").toString());
            return review;
        }
        String status = ANSWERS.getOrDefault(review.path("spec").path("user").asString(), "{\"allowed\":false}");
        review.set("status", Json.MAPPER.readTree(status));
        return review;
    }

    private static String webhook(String path, String condition) throws Exception {
        Path kubeconfig = directory.resolve(path);
        Files.writeString(
                kubeconfig,
                "{current-context: c, contexts: [{name: c, context: {cluster: h}}], clusters: [{name: h, cluster:"
                        + " {server: 'https://127.0.0.1:" + hook.port() + "/" + path
                        + "', certificate-authority-data: " + hook.caBundle() + "}}]}");
        return "{timeout: 10s, subjectAccessReviewVersion: v1, failurePolicy: Deny, connectionInfo: {type:"
                + " KubeConfigFile, kubeConfigFile: '" + kubeconfig
                + "'}, matchConditionSubjectAccessReviewVersion: v1, matchConditions: [{expression: \"" + condition
                + "\"}]}";
    }

    private static HttpResponse<String> send(String who, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + path))
                .header("authorization", "Bearer " + who)
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itsAnswersCount() throws Exception {
        HttpResponse<String> jane = send("jane", "GET", "/api/v1/nodes", "");
        assertEquals(200, jane.statusCode(), jane.body());
        HttpResponse<String> joe = send("joe", "GET", "/api/v1/nodes", "");
        assertEquals(403, joe.statusCode());
        assertEquals(
                "nodes is forbidden: User \"joe\" cannot list resource \"nodes\" in API group \"\" at the cluster"
                        + " scope: not him",
                Json.MAPPER.readTree(joe.body()).path("message").asString());
        assertEquals(200, send("root", "GET", "/api/v1/nodes", "").statusCode(), "nobody is asked about masters");
    }

    @Test
    void whoeverImpersonatesIsAskedAboutToo() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + "/api/v1/nodes"))
                .header("authorization", "Bearer jane")
                .header("impersonate-user", "joe")
                .build();
        assertEquals(
                403,
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    /// What an authorizer that cannot be asked makes of a request is no Status.
    @Test
    void itsFailureIsToldAsAnError() throws Exception {
        HttpResponse<String> ann = send("ann", "GET", "/api/v1/nodes?limit=1", "");
        assertEquals(500, ann.statusCode());
        assertEquals(
                "Internal Server Error: \"/api/v1/nodes?limit=1\": the server rejected our request: 403 \n",
                ann.body());
        assertEquals(
                "text/plain; charset=utf-8",
                ann.headers().firstValue("content-type").orElse(""));
    }

    @Test
    void reviewsTellDenialsAndFailures() throws Exception {
        JsonNode joe = review("joe");
        assertTrue(joe.path("denied").asBoolean() && !joe.path("allowed").asBoolean(), joe.toString());
        JsonNode ann = review("ann");
        assertTrue(ann.path("denied").asBoolean(), ann.toString());
        assertEquals(
                "the server rejected our request: 403",
                ann.path("evaluationError").asString().strip());
    }

    /// What no authorizer could read is left out of the question, and told of.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'fieldSelector':{'requirements':[{'key':'a','operator':'NotIn','values':['x,y']},"
                        + "{'key':'b','operator':'Exists'}]}"
                        + "|'fieldSelector':{'requirements':[{'key':'a','operator':'NotIn','values':['x,y']}]}"
                        + "|spec.resourceAttributes.fieldSelector partially ignored due to parse error",
                "'fieldSelector':{'rawSelector':'a=b,c!=d'}"
                        + "|'fieldSelector':{'requirements':[{'key':'a','operator':'In','values':['b']},"
                        + "{'key':'c','operator':'NotIn','values':['d']}]}|",
                "'labelSelector':{'rawSelector':'a in (b),!c'}"
                        + "|'labelSelector':{'requirements':[{'key':'a','operator':'In','values':['b']},"
                        + "{'key':'c','operator':'DoesNotExist'}]}|",
                "'labelSelector':{'requirements':[{'key':'a','operator':'Later'}]}"
                        + "||spec.resourceAttributes.labelSelector ignored due to parse error"
            })
    void selectorsArePartOfTheQuestion(String selector, String asked, String fault) throws Exception {
        String what = "'verb':'get','version':'*','resource':'nodes'";
        JsonNode status = review("echo", what.replace("'version':'*',", "") + "," + selector);
        assertEquals(
                Json.MAPPER.readTree(("{" + what + (asked == null ? "" : "," + asked) + "}").replace('\'', '"')),
                Json.MAPPER.readTree(status.path("reason").asString()));
        assertEquals(fault == null ? "" : fault, status.path("evaluationError").asString(""));
    }

    @Test
    void questionsAreCounted() throws Exception {
        send("joe", "GET", "/api/v1/secrets", "");
        send("ann", "GET", "/api/v1/secrets", "");
        String metrics = send("root", "GET", "/metrics", "").body();
        for (String line : List.of(
                "apiserver_authorization_webhook_evaluations_total{name=\"hook\",result=\"success\"} ",
                "apiserver_authorization_webhook_evaluations_total{name=\"broken\",result=\"error\"} ",
                "apiserver_authorization_webhook_duration_seconds_count{name=\"hook\",result=\"success\"} ")) {
            assertTrue(metrics.contains(line), metrics);
        }
        assertFalse(metrics.contains("fail_open_total{name=\"broken\""), "it denies");
    }

    private static JsonNode review(String user) throws Exception {
        return review(user, "'verb':'list','resource':'nodes'");
    }

    private static JsonNode review(String user, String attributes) throws Exception {
        HttpResponse<String> answer = send(
                "root",
                "POST",
                "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                ("{'spec':{'user':'" + user + "','resourceAttributes':{" + attributes + "}}}").replace('\'', '"'));
        assertEquals(201, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body()).path("status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--authorization-mode=Webhook",
                "--authorization-webhook-config-file=/hook",
                "--authorization-config=/a --authorization-mode=RBAC",
                "--authorization-config=/a --authorization-webhook-version=v1",
                "--authorization-mode=Webhook --authorization-webhook-config-file=/a --authorization-webhook-version=v2"
            })
    void whatDoesNotFitTogetherIsRefused(String flags) {
        assertThrows(IllegalArgumentException.class, () -> ServerFlags.parse(flags.split(" ")));
    }

    @Test
    void flagsSayTheSame() {
        AuthorizationFlags flags = ServerFlags.parse(
                        "--authorization-mode=RBAC,Webhook",
                        "--authorization-webhook-config-file=/hook",
                        "--authorization-webhook-cache-unauthorized-ttl=0s")
                .authorization();
        assertEquals(
                List.of("rbac", "default"),
                flags.entries().stream().map(entry -> entry.name()).toList());
        var rules = flags.entries().getLast().webhook().orElseThrow();
        assertEquals("v1beta1", rules.version());
        assertEquals(Duration.ofMinutes(5), rules.authorizedTtl());
        assertEquals(Duration.ZERO, rules.unauthorizedTtl());
    }
}
