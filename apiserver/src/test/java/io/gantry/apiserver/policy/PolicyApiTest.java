package io.gantry.apiserver.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The policies' kinds as an API: discovery, and every verb.
class PolicyApiTest {
    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1";
    private static final String RULES =
            "matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], "
                    + "resources: [deployments]}]}\n";

    enum Sort {
        ValidatingAdmissionPolicy(
                "validatingadmissionpolicies",
                RULES + "validations: [{expression: 'object.spec.replicas <= 100'}]",
                "{\"spec\":{\"failurePolicy\":\"Ignore\"}}"),
        ValidatingAdmissionPolicyBinding(
                "validatingadmissionpolicybindings",
                "policyName: some.example.com\nvalidationActions: [Deny]",
                "{\"spec\":{\"validationActions\":[\"Warn\"]}}"),
        MutatingAdmissionPolicy(
                "mutatingadmissionpolicies",
                RULES
                        + "reinvocationPolicy: Never\nmutations: [{patchType: ApplyConfiguration, applyConfiguration: "
                        + "{expression: \"Object{metadata: Object.metadata{annotations: {'a': 'b'}}}\"}}]",
                "{\"spec\":{\"failurePolicy\":\"Ignore\"}}"),
        MutatingAdmissionPolicyBinding(
                "mutatingadmissionpolicybindings",
                "policyName: some.example.com",
                "{\"metadata\":{\"annotations\":{\"x\":\"y\"}}}");

        private final String plural;
        private final String spec;
        private final String change;

        Sort(String plural, String spec, String change) {
            this.plural = plural;
            this.spec = spec;
            this.change = change;
        }

        String document(String name) {
            return PolicyServer.document(name(), name, spec).replace("metadata: {", "metadata: {labels: {set: one}, ");
        }
    }

    private PolicyServer server;

    @BeforeEach
    void start() throws Exception {
        server = new PolicyServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void isDiscovered(Sort sort) throws Exception {
        JsonNode groups = server.call(200, "GET", "/apis", "");
        JsonNode resources = server.call(200, "GET", GROUP, "");

        assertTrue(groups.path("groups")
                .valueStream()
                .anyMatch(group -> group.path("name").asString().equals("admissionregistration.k8s.io")));
        JsonNode resource = resources
                .path("resources")
                .valueStream()
                .filter(r -> r.path("name").asString().equals(sort.plural))
                .findFirst()
                .orElseThrow();
        assertEquals(sort.name(), resource.path("kind").asString());
        assertFalse(resource.path("namespaced").asBoolean());
        assertEquals(
                "[\"create\",\"delete\",\"deletecollection\",\"get\",\"list\",\"patch\",\"update\",\"watch\"]",
                resource.path("verbs").toString());
    }

    @ParameterizedTest
    @EnumSource
    void hasEveryVerb(Sort sort) throws Exception {
        String path = GROUP + "/" + sort.plural;
        for (String name : new String[] {"a", "b", "c"}) {
            server.call(201, "POST", path, sort.document(name));
        }
        JsonNode read = server.call(200, "GET", path + "/a", "");
        JsonNode list = server.call(200, "GET", path + "?labelSelector=set%3Done", "");
        assertEquals(3, list.path("items").size());

        server.call(200, "PATCH", path + "/a", sort.change);
        JsonNode updated =
                server.replace(path + "/a", sort.document("a").replace("set: one", "set: one, updated: 'true'"));
        assertEquals("true", updated.at("/metadata/labels/updated").asString());
        assertEquals(read.at("/metadata/uid"), updated.at("/metadata/uid"));

        String since = list.at("/metadata/resourceVersion").asString();
        String events = server.send(
                        "GET", path + "?watch=1&timeoutSeconds=1&labelSelector=set%3Done&resourceVersion=" + since, "")
                .body();
        assertTrue(events.contains("\"type\":\"MODIFIED\""), events);
        assertTrue(events.contains("\"updated\":\"true\""), events);

        server.call(200, "DELETE", path + "/a", "");
        server.call(404, "GET", path + "/a", "");
        assertEquals(
                2,
                server.call(200, "GET", path + "?labelSelector=set%3Done", "")
                        .path("items")
                        .size());
        server.call(200, "DELETE", path + "?labelSelector=set%3Done", "");
        assertEquals(
                0,
                server.call(200, "GET", path + "?labelSelector=set%3Done", "")
                        .path("items")
                        .size());
    }
}
