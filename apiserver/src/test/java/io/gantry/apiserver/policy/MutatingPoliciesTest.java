package io.gantry.apiserver.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// MutatingAdmissionPolicies over HTTP.
class MutatingPoliciesTest {
    private static final String CONFIG_MAPS = """
            reinvocationPolicy: IfNeeded
            matchConstraints:
              resourceRules:
              - {apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps]}
            """;
    private static final String PODS = """
            reinvocationPolicy: Never
            matchConstraints:
              resourceRules:
              - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
            """;

    private PolicyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new PolicyServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void appliesAConfiguration() throws Exception {
        server.mutating(
                "sidecar",
                PODS + """
                        matchConditions:
                        - {name: no-sidecar, expression: "!object.spec.initContainers.exists(c, c.name == 'mesh')"}
                        variables:
                        - {name: image, expression: "'mesh:' + request.namespace"}
                        failurePolicy: Fail
                        mutations:
                        - patchType: ApplyConfiguration
                          applyConfiguration:
                            expression: >-
                              Object{
                                metadata: Object.metadata{ labels: {'mesh': 'on'} },
                                spec: Object.spec{
                                  initContainers: [
                                    Object.spec.initContainers{ name: 'mesh', image: variables.image, restartPolicy: 'Always' }
                                  ]
                                }
                              }
                        """.replace("!object.spec.initContainers", "!object.spec.?initContainers.orValue([])"),
                "");

        JsonNode pod = server.call(201, "POST", "/api/v1/namespaces/default/pods", """
                apiVersion: v1
                kind: Pod
                metadata: {name: p, labels: {app: a}}
                spec: {containers: [{name: c, image: i, args: [x]}]}
                """);

        assertEquals("on", pod.at("/metadata/labels/mesh").asString());
        assertEquals("a", pod.at("/metadata/labels/app").asString());
        assertEquals("mesh:default", pod.at("/spec/initContainers/0/image").asString());
        assertEquals("x", pod.at("/spec/containers/0/args/0").asString());
    }

    @Test
    void patchesWithJsonPatch() throws Exception {
        server.mutating("patch", CONFIG_MAPS + """
                        mutations:
                        - patchType: JSONPatch
                          jsonPatch:
                            expression: >-
                              [
                                JSONPatch{op: "test", path: "/data/a", value: "1"},
                                JSONPatch{op: "add", path: "/metadata/labels", value: {"k8s.io/x": "y"}},
                                JSONPatch{op: "replace", path: "/data/a", value: string(int(object.data.a) + 1)},
                                JSONPatch{op: "add", path: "/metadata/labels/" + jsonpatch.escapeKey("k8s.io/z"), value: "d"}
                              ]
                        """, "");

        JsonNode changed = server.configMap(201, "one", "data: {a: '1'}");
        JsonNode same = server.configMap(201, "two", "data: {a: '2'}");

        assertEquals("{\"a\":\"2\"}", changed.path("data").toString());
        assertEquals("d", changed.at("/metadata/labels/k8s.io~1z").asString());
        assertEquals("y", changed.at("/metadata/labels/k8s.io~1x").asString());
        assertEquals("{\"a\":\"2\"}", same.path("data").toString());
    }

    @Test
    void earlierPoliciesRunAgainWhenALaterOneChangedSomething() throws Exception {
        String copies = """
                mutations:
                - patchType: ApplyConfiguration
                  applyConfiguration:
                    expression: "Object{data: {'seen': string(object.?data.later.hasValue())}}"
                """;
        String sets = """
                mutations:
                - patchType: ApplyConfiguration
                  applyConfiguration: {expression: "Object{data: {'later': 'yes'}}"}
                """;
        server.mutating("a", CONFIG_MAPS + copies, "");
        server.mutating("b", CONFIG_MAPS + sets, "");

        JsonNode made = server.configMap(201, "x", "");

        assertEquals("true", made.at("/data/seen").asString());
        assertEquals("yes", made.at("/data/later").asString());
    }

    /// A binding cannot be matched where the request's namespace is not there.
    @Test
    void theFailurePolicyDecidesOverABindingThatCannotBeMatched() throws Exception {
        String mutation = """
                mutations:
                - patchType: ApplyConfiguration
                  applyConfiguration: {expression: "Object{data: {'seen': 'yes'}}"}
                """;
        String selector = "matchResources: {namespaceSelector: {matchLabels: {a: b}}}\n";
        String map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}}";
        String path = "/api/v1/namespaces/absent/configmaps";
        server.mutating("ignored", CONFIG_MAPS + "failurePolicy: Ignore\n" + mutation, selector);

        assertFalse(server.call(201, "POST", path, map).has("data"));

        server.mutating("failing", CONFIG_MAPS + mutation, selector);
        assertEquals(
                "policy 'failing' with binding 'failing' denied request: failed to configure binding: "
                        + "namespaces \"absent\" not found",
                server.call(403, "POST", path, map.replace("name: m", "name: other"))
                        .path("message")
                        .asString());
    }

    @Test
    void atomicFieldsMayNotBeApplied() throws Exception {
        server.mutating("atomic", PODS + """
                        mutations:
                        - patchType: ApplyConfiguration
                          applyConfiguration:
                            expression: "Object{spec: Object.spec{nodeSelector: {'a': 'b'}}}"
                        """, "");

        JsonNode status = server.call(
                403,
                "POST",
                "/api/v1/namespaces/default/pods",
                "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");

        assertEquals(
                "policy 'atomic' with binding 'atomic' denied request: error applying patch: invalid "
                        + "ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.nodeSelector",
                status.path("message").asString());
        assertEquals("Invalid", status.path("reason").asString());
    }

    @Test
    void expressionsMustGiveWhatTheirTypeSays() throws Exception {
        JsonNode status = server.refused("Mutating", CONFIG_MAPS + """
                        mutations:
                        - patchType: JSONPatch
                          jsonPatch: {expression: "1"}
                        - patchType: ApplyConfiguration
                          applyConfiguration: {expression: "{'a': 'b'}"}
                        """);

        assertTrue(
                status.path("message").asString().contains("must evaluate to list(JSONPatch) but got int"),
                status::toString);
        assertTrue(
                status.path("message").asString().contains("must evaluate to Object but got map(string, string)"),
                status::toString);
    }

    @Test
    void parametersAndVersions() throws Exception {
        server.configMap(201, "settings", "data: {team: red}");
        server.mutating("team", """
                reinvocationPolicy: Never
                paramKind: {apiVersion: v1, kind: ConfigMap}
                matchConstraints:
                  resourceRules:
                  - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [secrets]}
                mutations:
                - patchType: ApplyConfiguration
                  applyConfiguration:
                    expression: "Object{metadata: Object.metadata{annotations: {'team': params.data.team}}}"
                """, "paramRef: {name: settings, parameterNotFoundAction: Deny}");

        JsonNode secret = server.call(
                201,
                "POST",
                "/api/v1/namespaces/default/secrets",
                "{apiVersion: v1, kind: Secret, metadata: {name: s}}");

        assertEquals("red", secret.at("/metadata/annotations/team").asString());
    }
}
