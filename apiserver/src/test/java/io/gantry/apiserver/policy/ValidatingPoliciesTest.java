package io.gantry.apiserver.policy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// ValidatingAdmissionPolicies over HTTP.
class ValidatingPoliciesTest {
    private static final String CONFIG_MAPS = """
            matchConstraints:
              resourceRules:
              - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}
            """;
    private static final String DEPLOYMENTS = """
            matchConstraints:
              resourceRules:
              - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
            """;
    private static final String DENY = "validationActions: [Deny]";

    private PolicyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new PolicyServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String deployment(String name, int replicas) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s}
            spec:
              replicas: %d
              selector: {matchLabels: {app: a}}
              template:
                metadata: {labels: {app: a}}
                spec: {containers: [{name: c, image: i}]}
            """.formatted(name, replicas);
    }

    @Test
    void deniesWithUpstreamsMessageAndStatus() throws Exception {
        server.validating("limit", DEPLOYMENTS + "validations:\n- expression: object.spec.replicas <= 5\n", DENY);

        JsonNode status =
                server.call(422, "POST", "/apis/apps/v1/namespaces/default/deployments", deployment("big", 6));

        String why = "ValidatingAdmissionPolicy 'limit' with binding 'limit' denied request: failed expression: "
                + "object.spec.replicas <= 5";
        assertEquals(
                "deployments.apps \"big\" is forbidden: " + why,
                status.path("message").asString());
        assertEquals("Invalid", status.path("reason").asString());
        assertEquals("deployments", status.path("details").path("kind").asString());
        assertEquals(
                why,
                status.path("details").path("causes").get(0).path("message").asString());
        server.call(201, "POST", "/apis/apps/v1/namespaces/default/deployments", deployment("small", 5));
    }

    @Test
    void messageExpressionReasonVariablesAndConditions() throws Exception {
        server.validating("labels", CONFIG_MAPS + """
                        matchConditions:
                        - {name: not-exempt, expression: "!object.metadata.name.startsWith('exempt')"}
                        variables:
                        - {name: labels, expression: "has(object.metadata.labels) ? object.metadata.labels : {}"}
                        - {name: team, expression: "'team' in variables.labels ? variables.labels['team'] : 'nobody'"}
                        validations:
                        - expression: variables.team == 'red'
                          messageExpression: "'team is ' + variables.team + ' in ' + namespaceObject.metadata.name"
                          reason: Forbidden
                        """, DENY);

        JsonNode status = server.configMap(403, "a", "  labels: {team: blue}");

        assertTrue(status.path("message").asString().endsWith("denied request: team is blue in default"));
        assertEquals("Forbidden", status.path("reason").asString());
        server.configMap(403, "b", "");
        server.configMap(201, "c", "  labels: {team: red}");
        server.configMap(201, "exempt-d", "");
    }

    @Test
    void warnsWithoutRefusing() throws Exception {
        server.validating(
                "warn",
                CONFIG_MAPS + "validations:\n- {expression: 'false', message: never}\n",
                "validationActions: [Warn, Audit]");

        HttpResponse<String> response = server.send(
                "POST",
                "/api/v1/namespaces/default/configmaps",
                "{kind: ConfigMap, apiVersion: v1, metadata: {name: w}}");

        assertEquals(201, response.statusCode());
        assertEquals(
                List.of("299 - \"Validation failed for ValidatingAdmissionPolicy 'warn' with binding 'warn': never\""),
                response.headers().allValues("warning"));
    }

    @Test
    void parameters() throws Exception {
        server.configMap(201, "limits", "data: {max: '3'}");
        server.validating(
                "params",
                DEPLOYMENTS + """
                        paramKind: {apiVersion: v1, kind: ConfigMap}
                        validations:
                        - expression: object.spec.replicas <= int(params.data.max)
                          messageExpression: "'at most ' + params.data.max"
                        """,
                DENY + "\nparamRef: {name: limits, namespace: default, parameterNotFoundAction: Deny}");
        String path = "/apis/apps/v1/namespaces/default/deployments";

        JsonNode status = server.call(422, "POST", path, deployment("four", 4));
        assertTrue(status.path("message").asString().endsWith("at most 3"), status::toString);
        server.call(201, "POST", path, deployment("three", 3));

        server.call(200, "DELETE", "/api/v1/namespaces/default/configmaps/limits", "");
        JsonNode missing = server.call(422, "POST", path, deployment("two", 2));
        assertTrue(
                missing.path("message")
                        .asString()
                        .endsWith("failed to configure binding: no params found for policy binding with `Deny` "
                                + "parameterNotFoundAction"),
                missing::toString);
    }

    @Test
    void parametersOfAKindThatIsNotServedFailThePolicy() throws Exception {
        server.validating(
                "unserved",
                CONFIG_MAPS
                        + "paramKind: {apiVersion: rules.example.com/v1, kind: Limit}\n"
                        + "validations:\n- expression: params == null\n",
                DENY + "\nparamRef: {name: x, parameterNotFoundAction: Allow}");

        JsonNode status = server.configMap(422, "a", "");

        assertTrue(
                status.path("message")
                        .asString()
                        .endsWith(
                                "ValidatingAdmissionPolicy 'unserved' denied request: failed to configure policy: failed "
                                        + "to find resource referenced by paramKind: 'rules.example.com/v1, Kind=Limit'"),
                status::toString);
    }

    @Test
    void bindingsSayWhichParametersTheyMean() throws Exception {
        JsonNode status = server.call(
                422,
                "POST",
                "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
                PolicyServer.document(
                        "ValidatingAdmissionPolicyBinding",
                        "b",
                        "policyName: p\nparamRef: {name: x, selector: {}}\n" + DENY));

        assertTrue(
                status.path("message")
                        .asString()
                        .contains("spec.paramRef.name: Forbidden: name and selector are mutually " + "exclusive"),
                status::toString);
        assertTrue(
                status.path("message").asString().contains("spec.paramRef.parameterNotFoundAction: Required value"),
                status::toString);
    }

    @Test
    void parametersBySelector() throws Exception {
        server.configMap(201, "one", "  labels: {use: limit}\ndata: {max: '3'}");
        server.configMap(201, "two", "  labels: {use: limit}\ndata: {max: '2'}");
        server.validating(
                "params",
                DEPLOYMENTS + """
                        paramKind: {apiVersion: v1, kind: ConfigMap}
                        validations:
                        - expression: object.spec.replicas <= int(params.data.max)
                        """,
                DENY + "\nparamRef: {selector: {matchLabels: {use: limit}}, parameterNotFoundAction: Allow}");
        String path = "/apis/apps/v1/namespaces/default/deployments";

        server.call(422, "POST", path, deployment("three", 3));
        server.call(201, "POST", path, deployment("two", 2));
    }

    @Test
    void failurePolicyDecidesOverErrors() throws Exception {
        String validations = "validations:\n- expression: object.data.missing == 'x'\n";
        server.validating("ignore", CONFIG_MAPS + "failurePolicy: Ignore\n" + validations, DENY);
        server.configMap(201, "a", "data: {b: c}");

        server.validating("fail", CONFIG_MAPS + validations, DENY);
        JsonNode status = server.configMap(422, "b", "data: {b: c}");

        assertTrue(
                status.path("message")
                        .asString()
                        .endsWith("expression 'object.data.missing == 'x'' resulted in error: no such key: missing"),
                status::toString);
    }

    @Test
    void selectorsAndExclusions() throws Exception {
        server.validating(
                "selected",
                """
                matchConstraints:
                  resourceRules:
                  - {apiGroups: [""], apiVersions: ["*"], operations: ["*"], resources: ["*"]}
                  excludeResourceRules:
                  - {apiGroups: [""], apiVersions: ["*"], operations: ["*"], resources: [configmaps], resourceNames: [free]}
                  objectSelector: {matchLabels: {checked: "yes"}}
                validations:
                - expression: "request.operation == 'DELETE'"
                """,
                DENY + "\nmatchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}}}");

        server.configMap(422, "a", "  labels: {checked: 'yes'}");
        server.configMap(201, "b", "  labels: {checked: 'no'}");
        server.configMap(201, "free", "  labels: {checked: 'yes'}");
        server.call(
                201,
                "POST",
                "/api/v1/namespaces/kube-public/configmaps",
                "{kind: ConfigMap, apiVersion: v1, metadata: {name: x, labels: {checked: 'yes'}}}");
        server.call(200, "DELETE", "/api/v1/namespaces/default/configmaps/free", "");
    }

    @Test
    void oldObjectRequestAndAuthorizer() throws Exception {
        server.validating("update", """
                matchConstraints:
                  resourceRules:
                  - {apiGroups: [""], apiVersions: [v1], operations: [UPDATE, DELETE], resources: [configmaps]}
                validations:
                - expression: "request.operation != 'UPDATE' || object.data.a == oldObject.data.a"
                  message: a is fixed
                - expression: "request.operation != 'DELETE' || (object == null && oldObject.data.a != 'keep')"
                - expression: "request.userInfo.username == 'admin' && 'system:masters' in request.userInfo.groups"
                - expression: "request.resource.resource == 'configmaps' && request.kind.kind == 'ConfigMap'"
                - expression: "authorizer.group('').resource('configmaps').namespace('default').check('delete').allowed()"
                - expression: "authorizer.requestResource.check('update').allowed()"
                """, DENY);
        server.configMap(201, "c", "data: {a: keep}");
        String path = "/api/v1/namespaces/default/configmaps/c";

        JsonNode status = server.call(422, "PATCH", path, "{\"data\":{\"a\":\"2\"}}");
        assertTrue(status.path("message").asString().endsWith("a is fixed"), status::toString);
        server.call(200, "PATCH", path, "{\"data\":{\"b\":\"2\"}}");
        server.call(422, "DELETE", path, "");
    }

    @Test
    void expressionsMustCompile() throws Exception {
        JsonNode status = server.refused("Validating", CONFIG_MAPS + """
                        matchConditions:
                        - {name: c, expression: "unknown == 1"}
                        variables:
                        - {name: v, expression: "1 +"}
                        validations:
                        - {expression: "object.x + 1", messageExpression: "5"}
                        """);

        List<String> fields = status.path("details")
                .path("causes")
                .valueStream()
                .map(cause -> cause.path("field").asString())
                .toList();
        assertEquals(
                List.of(
                        "spec.matchConditions[0].expression",
                        "spec.variables[0].expression",
                        "spec.validations[0].expression",
                        "spec.validations[0].messageExpression"),
                fields);
        assertTrue(
                status.path("message")
                        .asString()
                        .contains("spec.matchConditions[0].expression: Invalid value: \"unknown == 1\": compilation "
                                + "failed: ERROR: <input>:1:1: undeclared reference to 'unknown' (in container '')"),
                status::toString);
    }

    @Test
    void typesAreCheckedAndTheGenerationObserved() throws Exception {
        server.validating("typed", DEPLOYMENTS + "validations:\n- expression: object.spec.replcas > 1\n", DENY);
        String path = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/typed";

        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> server.call(200, "GET", path, "")
                                .at("/status/observedGeneration")
                                .asInt(0)
                        == 1);

        JsonNode warning = server.call(200, "GET", path, "").at("/status/typeChecking/expressionWarnings/0");
        assertEquals("spec.validations[0].expression", warning.path("fieldRef").asString());
        assertTrue(
                warning.path("warning")
                        .asString()
                        .contains("apps/v1, Kind=Deployment: ERROR: <input>:1:12: undefined " + "field 'replcas'"),
                warning::toString);
    }

    @Test
    void bothExpressionsOfAValidationAreTypeChecked() throws Exception {
        server.validating("confused", DEPLOYMENTS + """
                        validations:
                        - expression: object.spec.replicas > '1'
                          messageExpression: "'wants replicas > 1, got ' + object.spec.replicas"
                        """, DENY);
        String path = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/confused";

        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> server.call(200, "GET", path, "")
                        .at("/status/typeChecking")
                        .isObject());

        JsonNode warnings = server.call(200, "GET", path, "").at("/status/typeChecking/expressionWarnings");
        assertEquals(2, warnings.size());
        assertTrue(
                warnings.at("/0/warning")
                        .asString()
                        .contains("found no matching overload for '_>_' applied to '(int, string)'"),
                warnings::toString);
        assertEquals(
                "spec.validations[0].messageExpression",
                warnings.at("/1/fieldRef").asString());
        assertTrue(
                warnings.at("/1/warning")
                        .asString()
                        .contains("found no matching overload for '_+_' applied to '(string, int)'"),
                warnings::toString);
    }

    @Test
    void changesOfPoliciesAndBindingsCountAtOnce() throws Exception {
        server.validating("once", CONFIG_MAPS + "validations:\n- expression: 'false'\n", DENY);
        server.configMap(422, "a", "");
        String policy = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/once";

        server.call(200, "PATCH", policy, "{\"spec\":{\"validations\":[{\"expression\":\"true\"}]}}");
        server.configMap(201, "a", "");

        server.call(200, "PATCH", policy, "{\"spec\":{\"validations\":[{\"expression\":\"false\"}]}}");
        server.configMap(422, "b", "");
        server.call(200, "DELETE", "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/once", "");
        server.configMap(201, "b", "");
    }
}
