package io.gantry.apiserver.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// `matchConditions` of webhooks over HTTP. The webhook itself is never there: whoever reaches it is refused.
class WebhookConditionsTest {
    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";

    private PolicyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new PolicyServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String configuration(String sort, String failurePolicy, String expression) {
        return """
            apiVersion: admissionregistration.k8s.io/v1
            kind: %sWebhookConfiguration
            metadata: {name: hooks}
            webhooks:
            - name: never.there.example.com
              clientConfig: {url: "https://127.0.0.1:1/"}
              rules:
              - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
              sideEffects: None
              admissionReviewVersions: [v1]
              timeoutSeconds: 1
              failurePolicy: %s
              matchConditions:
              - {name: first, expression: "true"}
              - {name: second, expression: "%s"}
            """.formatted(sort, failurePolicy, expression);
    }

    private static String plural(String sort) {
        return GROUP + sort.toLowerCase(java.util.Locale.ROOT) + "webhookconfigurations";
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mutating", "Validating"})
    void conditionsDecideWhetherAWebhookIsCalled(String sort) throws Exception {
        String conditions = "object.metadata.name != 'skip-me' && request.userInfo.username == 'admin'";
        server.call(201, "POST", plural(sort), configuration(sort, "Fail", conditions));

        server.configMap(201, "skip-me", "");
        JsonNode status = server.configMap(500, "call-it", "");

        assertTrue(
                status.path("message").asString().contains("failed calling webhook \"never.there.example.com\""),
                status::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mutating", "Validating"})
    void conditionsCanBeChanged(String sort) throws Exception {
        JsonNode made = server.call(201, "POST", plural(sort), configuration(sort, "Fail", "true"));
        assertEquals(2, made.at("/webhooks/0/matchConditions").size());

        String changed = configuration(sort, "Fail", "object.metadata.name == 'only'");
        JsonNode now = server.replace(plural(sort) + "/hooks", changed);

        assertEquals(
                "object.metadata.name == 'only'",
                now.at("/webhooks/0/matchConditions/1/expression").asString());
        server.configMap(201, "other", "");
        server.configMap(500, "only", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mutating", "Validating"})
    void malformedConditionsAreRefused(String sort) throws Exception {
        JsonNode status = server.call(422, "POST", plural(sort), configuration(sort, "Fail", "... [] bad expression"));

        assertTrue(status.path("message").asString().contains("compilation failed"), status::toString);
        assertEquals(
                "webhooks[0].matchConditions[1].expression",
                status.at("/details/causes/0/field").asString());
    }

    @Test
    void anErrorRefusesOrSkipsByTheFailurePolicy() throws Exception {
        String missing = "object.data.missing == 'x'";
        server.call(201, "POST", plural("Validating"), configuration("Validating", "Ignore", missing));
        server.configMap(201, "a", "data: {b: c}");

        server.replace(plural("Validating") + "/hooks", configuration("Validating", "Fail", missing));
        JsonNode status = server.configMap(403, "b", "data: {b: c}");

        assertTrue(
                status.path("message").asString().contains("resulted in error: no such key: missing"),
                status::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mutating", "Validating"})
    void conditionsHaveNamesOfTheirOwn(String sort) throws Exception {
        String good = configuration(sort, "Fail", "true");
        for (String bad : new String[] {"first", "''", "not/a/name", "_x"}) {
            JsonNode refused = server.call(422, "POST", plural(sort), good.replace("name: second", "name: " + bad));
            assertEquals(
                    "webhooks[0].matchConditions[1].name",
                    refused.at("/details/causes/0/field").asString());
        }
        String many = "\n  - {name: n%d, expression: \"true\"}";
        StringBuilder conditions = new StringBuilder(good.stripTrailing());
        for (int i = 0; i < 63; i++) {
            conditions.append(many.formatted(i));
        }
        JsonNode refused = server.call(422, "POST", plural(sort), conditions + "\n");
        assertTrue(refused.path("message").asString().contains("must have at most 64 items"), refused.toString());
    }
}
