package io.gantry.apiserver.authz.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.apiserver.authz.webhook.AuthorizerEntry.Mode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What an `AuthorizationConfiguration` may say.
final class AuthorizationFileTest {
    @TempDir
    private Path directory;

    private Path kubeconfig;

    @BeforeEach
    void kubeconfig() throws IOException {
        kubeconfig = Files.createFile(directory.resolve("kubeconfig"));
    }

    private String webhook() {
        return "{type: Webhook, name: first, webhook: {timeout: 3s, subjectAccessReviewVersion: v1,"
                + " failurePolicy: Deny, connectionInfo: {type: KubeConfigFile, kubeConfigFile: '" + kubeconfig
                + "'}}}";
    }

    private static List<AuthorizerEntry> parse(String authorizers) {
        String text = "{apiVersion: apiserver.config.k8s.io/v1, kind: AuthorizationConfiguration, authorizers: ["
                + authorizers + "]}";
        return AuthorizationFile.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theOrderIsTheirs() {
        List<AuthorizerEntry> entries = parse("{type: RBAC, name: rbac}," + webhook() + ",{type: Node, name: node}");
        assertEquals(
                List.of(Mode.RBAC, Mode.Webhook, Mode.Node),
                entries.stream().map(AuthorizerEntry::mode).toList());
        WebhookRules rules = entries.get(1).webhook().orElseThrow();
        assertEquals(
                new WebhookRules(
                        "first",
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(3),
                        "v1",
                        true,
                        kubeconfig,
                        List.of()),
                rules);
    }

    @Test
    void answersNeedNotBeKept() {
        WebhookRules rules = parse(webhook()
                        .replace(
                                "timeout",
                                "authorizedTTL: 1m30s, cacheUnauthorizedRequests: false, unauthorizedTTL: 5s, timeout"))
                .getFirst()
                .webhook()
                .orElseThrow();
        assertEquals(Duration.ofSeconds(90), rules.authorizedTtl());
        assertEquals(Duration.ZERO, rules.unauthorizedTtl());
    }

    /// @param authorizers what is listed
    /// @param refusal what is said of it
    private record Case(String authorizers, String refusal) {}

    @TestFactory
    Stream<DynamicTest> refusals() {
        return Stream.of(
                        new Case("", "authorizers: Required value: at least one authorization mode must be defined"),
                        new Case("{name: a}", "authorizers[0].type: Required value"),
                        new Case(
                                "{type: ABAC, name: abac}",
                                "authorizers[0].type: Unsupported value: \"ABAC\": supported values: \"AlwaysAllow\","
                                        + " \"AlwaysDeny\", \"Node\", \"RBAC\", \"Webhook\""),
                        new Case(
                                "{type: RBAC, name: rbac}, {type: RBAC, name: again}",
                                "authorizers[1].type: Duplicate value: \"RBAC\""),
                        new Case("{type: RBAC, name: me}", "expected name rbac for authorizer RBAC instead of me"),
                        new Case(
                                "{type: Webhook, name: a}",
                                "authorizers[0].webhook: Required value: required when type=Webhook"),
                        new Case(
                                webhook().replace("timeout: 3s", "timeout: 31s"),
                                "authorizers[0].timeout: Invalid value: \"31s\": must be > 0s and <= 30s"),
                        new Case(
                                webhook().replace("failurePolicy: Deny", "failurePolicy: Ignore"),
                                "authorizers[0].failurePolicy: Unsupported value: \"Ignore\": supported values:"
                                        + " \"NoOpinion\", \"Deny\""),
                        new Case(
                                webhook().replace("timeout", "matchConditions: [{expression: 'true'}], timeout"),
                                "authorizers[0].matchConditionSubjectAccessReviewVersion: Required value: required if"
                                        + " match conditions are specified"),
                        new Case(
                                webhook()
                                        .replace(
                                                "timeout",
                                                "matchConditionSubjectAccessReviewVersion: v1,"
                                                        + " matchConditions: [{expression: request.user}], timeout"),
                                "authorizers[0].matchConditions[0].expression: Invalid value: \"request.user\": must"
                                        + " evaluate to bool but got string"),
                        new Case(
                                webhook().replace("kubeConfigFile: '" + kubeconfig, "kubeConfigFile: 'beside"),
                                "authorizers[0].connectionInfo.kubeConfigFile: Invalid value: \"beside\": must be an"
                                        + " absolute path"))
                .map(one -> DynamicTest.dynamicTest(one.refusal, () -> {
                    IllegalArgumentException refused =
                            assertThrows(IllegalArgumentException.class, () -> parse(one.authorizers));
                    assertEquals(one.refusal, refused.getMessage());
                }));
    }
}
