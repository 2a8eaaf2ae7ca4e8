package io.gantry.apiserver.authz.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.webhook.WebhookClient;
import io.gantry.apiserver.webhook.WebhookServer;
import io.gantry.component.FollowedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Asking a webhook on loopback.
final class WebhookAuthorizerTest {
    private static final UserInfo JANE = new UserInfo("jane", "u1", List.of("devs"), Map.of("scopes", List.of("a")));

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicReference<String> answer = new AtomicReference<>("{'allowed':true,'reason':'she may'}");
    private WebhookServer server;
    private WebhookClient client;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        server = new WebhookServer().on("/authorize", review -> json("{'status':" + answer.get() + "}"));
        client = new WebhookClient((namespace, name, port) -> {
            throw StatusException.unavailable("no services here");
        });
        kubeconfig("/authorize");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    private final WebhookMetrics metrics = new WebhookMetrics();

    private void kubeconfig(String path) throws IOException {
        Files.writeString(
                directory.resolve("kubeconfig"),
                "{current-context: c, contexts: [{name: c, context: {cluster: h, user: u}}], users: [{name: u, user:"
                        + " {token: secret}}], clusters: [{name: h, cluster: {server: 'https://127.0.0.1:"
                        + server.port() + path + "', certificate-authority-data: " + server.caBundle() + "}}]}");
    }

    private Authorizer authorizer(String version, boolean denies, String... conditions) {
        return new WebhookAuthorizer(
                new WebhookRules(
                        "hook",
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        version,
                        denies,
                        directory.resolve("kubeconfig"),
                        List.of(conditions).stream()
                                .map(ReviewCondition::compile)
                                .toList()),
                client,
                now::get,
                metrics);
    }

    private static Attributes asking(String verb, String namespace, String fields, String labels) {
        return new Attributes(JANE, verb, namespace, "", "v1", "pods", "", "", true, "/api/v1/pods", fields, labels);
    }

    private static Attributes asking(String verb) {
        return asking(verb, "blue", "", "");
    }

    @Test
    void itIsAskedBySubjectAccessReview() throws InterruptedException {
        Authorizer authorizer = authorizer("v1", false);
        assertFalse(authorizer.isReady(), "it blocks");
        assertEquals(
                Decision.allow("she may"),
                authorizer.decide(asking("list", "blue", "spec.nodeName=n,status.phase!=Failed", "a in (b,c),!d")));
        ObjectNode asked = server.asked.take().body();
        assertEquals("authorization.k8s.io/v1", asked.path("apiVersion").asString());
        assertEquals(
                json("{'resourceAttributes':{'namespace':'blue','verb':'list','version':'v1','resource':'pods',"
                        + "'fieldSelector':{'requirements':[{'key':'spec.nodeName','operator':'In','values':['n']},"
                        + "{'key':'status.phase','operator':'NotIn','values':['Failed']}]},"
                        + "'labelSelector':{'requirements':[{'key':'a','operator':'In','values':['b','c']},"
                        + "{'key':'d','operator':'DoesNotExist'}]}},"
                        + "'user':'jane','groups':['devs'],'extra':{'scopes':['a']},'uid':'u1'}"),
                asked.path("spec"));
    }

    @Test
    void olderOnesReadGroup() throws InterruptedException {
        authorizer("v1beta1", false).decide(Attributes.nonResource(JANE, "get", "/metrics"));
        ObjectNode asked = server.asked.take().body();
        assertEquals("authorization.k8s.io/v1beta1", asked.path("apiVersion").asString());
        assertEquals(
                json("{'nonResourceAttributes':{'path':'/metrics','verb':'get'},'user':'jane',"
                        + "'extra':{'scopes':['a']},'uid':'u1','group':['devs']}"),
                asked.path("spec"));
    }

    @Test
    void answersCountForAWhile() {
        Authorizer authorizer = authorizer("v1", false);
        authorizer.decide(asking("get"));
        answer.set("{'allowed':false,'reason':'no more'}");
        now.set(Instant.EPOCH.plusSeconds(299));
        assertTrue(authorizer.decide(asking("get")).allowed());
        now.set(Instant.EPOCH.plusSeconds(301));
        assertEquals(Decision.noOpinion("no more"), authorizer.decide(asking("get")));
        answer.set("{'allowed':true}");
        now.set(Instant.EPOCH.plusSeconds(330));
        assertFalse(authorizer.decide(asking("get")).allowed());
        now.set(Instant.EPOCH.plusSeconds(332));
        assertTrue(authorizer.decide(asking("get")).allowed());
        assertEquals(3, server.asked.size());
    }

    @Test
    void denialsAreFinal() {
        answer.set("{'allowed':false,'denied':true,'reason':'never'}");
        assertEquals(Decision.deny("never"), authorizer("v1", false).decide(asking("get")));
        answer.set("{'allowed':true,'denied':true}");
        assertEquals(
                new Decision(
                        Decision.Verdict.DENY,
                        "",
                        "webhook subject access review returned both allow and deny response"),
                authorizer("v1", false).decide(asking("get")));
    }

    @Test
    void whoCannotBeAskedDeniesOnlyWhereThatIsWanted() throws IOException {
        kubeconfig("/nothing");
        String error = "the server could not find the requested resource";
        assertEquals(
                new Decision(Decision.Verdict.NO_OPINION, "", error),
                authorizer("v1", false).decide(asking("get")));
        assertEquals(
                new Decision(Decision.Verdict.DENY, "", error),
                authorizer("v1", true).decide(asking("get")));
    }

    @Test
    void conditionsSayWhetherItIsAsked() {
        Authorizer authorizer = authorizer(
                "v1",
                true,
                "has(request.resourceAttributes)",
                "request.resourceAttributes.namespace == 'blue'",
                "'devs' in request.groups && request.resourceAttributes.subresource == ''");
        assertTrue(authorizer.decide(asking("get")).allowed());
        assertEquals(Decision.noOpinion(""), authorizer.decide(asking("get", "red", "", "")));
        assertEquals(Decision.noOpinion(""), authorizer.decide(Attributes.nonResource(JANE, "get", "/metrics")));
        Decision failed = authorizer("v1", true, "request.nonResourceAttributes.path == ''")
                .decide(asking("get"));
        assertTrue(failed.denied());
        assertTrue(
                failed.error()
                        .startsWith(
                                "cel evaluation error: expression 'request.nonResourceAttributes.path == ''' resulted"
                                        + " in error: "),
                failed.error());
    }

    @Test
    void aFileIsFollowed() throws IOException {
        Path file = directory.resolve("authorizers");
        String head = "{apiVersion: apiserver.config.k8s.io/v1, kind: AuthorizationConfiguration, authorizers: [";
        String hook =
                "{type: Webhook, name: hook, webhook: {timeout: 3s, subjectAccessReviewVersion: v1, failurePolicy:"
                        + " Deny, connectionInfo: {type: KubeConfigFile, kubeConfigFile: '"
                        + directory.resolve("kubeconfig")
                        + "'}}}";
        String deny = "{type: AlwaysDeny, name: alwaysdeny}";
        Files.writeString(file, head + deny + "]}");
        Authorizer followed = new AuthorizerChain(
                        mode -> attributes -> Decision.noOpinion(mode.entryName()), client, now::get)
                .following(file);
        assertEquals(Decision.noOpinion("alwaysdeny"), followed.decide(asking("get")));
        Files.writeString(file, head + hook + "," + deny + "]}");
        now.set(now.get().plus(FollowedFile.LOOK));
        assertTrue(followed.decide(asking("get")).allowed());
        Files.writeString(file, head + hook + "]}");
        now.set(now.get().plus(FollowedFile.LOOK));
        assertTrue(followed.decide(asking("get")).allowed(), "what lacks an authorizer of the start is not taken");
        assertTrue(followed.decide(Attributes.nonResource(UserInfo.of("root", UserInfo.MASTERS_GROUP), "get", "/"))
                .allowed());
    }
}
