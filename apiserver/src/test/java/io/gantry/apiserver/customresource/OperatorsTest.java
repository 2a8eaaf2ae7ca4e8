package io.gantry.apiserver.customresource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Definitions shaped like those of well-known operators, used as these use them.
class OperatorsTest {
    private static final String CERTIFICATES = "/apis/certs.example.com/v1/namespaces/default/certificates";
    private static final String WORKFLOWS = "/apis/flows.example.com/v1alpha1/namespaces/default/workflows";
    private static final String APPLY = "application/apply-patch+yaml";
    private static CrdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
        server.define("certificates");
        server.define("workflows");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String certificate(String name, String spec) {
        return "{\"apiVersion\":\"certs.example.com/v1\",\"kind\":\"Certificate\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"secretName\":\"s\",\"issuerRef\":{\"name\":\"i\"}" + spec + "}}";
    }

    private static List<String> faults(String spec) throws Exception {
        List<String> faults = new ArrayList<>();
        server.post(422, CERTIFICATES, certificate("bad", spec))
                .path("details")
                .path("causes")
                .forEach(cause -> faults.add(cause.path("field").asString()));
        return faults;
    }

    @Test
    void certificatesAreDefaultedAndJudged() throws Exception {
        JsonNode made = server.post(201, CERTIFICATES, certificate("good", ",\"usages\":[\"signing\"]"));
        assertEquals(
                "{\"name\":\"i\",\"group\":\"certs.example.com\",\"kind\":\"Issuer\"}",
                made.path("spec").path("issuerRef").toString());
        assertEquals(List.of("spec.usages[1]"), faults(",\"usages\":[\"signing\",\"signing\"]"));
        assertEquals(List.of("spec.privateKey.algorithm", "<nil>"), faults(",\"privateKey\":{\"algorithm\":\"DSA\"}"));
        assertEquals(List.of("<nil>"), faults(",\"keystore\":{\"jks\":{},\"pkcs12\":{}}"));
        assertEquals(List.of("spec"), faults(",\"duration\":\"1h\",\"renewBefore\":\"1h\""));
    }

    @Test
    void conditionsOfSeveralWritersAreMerged() throws Exception {
        server.post(201, CERTIFICATES, certificate("shared", ""));
        for (String type : List.of("Ready", "Issuing")) {
            server.call(
                    200,
                    "PATCH",
                    CERTIFICATES + "/shared/status?force=true&fieldManager=" + type,
                    APPLY,
                    "{\"apiVersion\":\"certs.example.com/v1\",\"kind\":\"Certificate\",\"metadata\":{\"name\":\"shared\"},"
                            + "\"status\":{\"conditions\":[{\"type\":\"" + type + "\",\"status\":\"True\"}]}}");
        }
        JsonNode both = server.get(CERTIFICATES + "/shared");
        assertEquals(2, both.path("status").path("conditions").size());
        assertEquals(1, both.path("metadata").path("generation").asInt());
        JsonNode dropped = server.call(
                200,
                "PATCH",
                CERTIFICATES + "/shared/status?fieldManager=Issuing",
                APPLY,
                "{\"apiVersion\":\"certs.example.com/v1\",\"kind\":\"Certificate\",\"metadata\":{\"name\":\"shared\"}}");
        assertEquals(
                "Ready",
                dropped.path("status").path("conditions").get(0).path("type").asString());
        assertEquals(1, dropped.path("status").path("conditions").size());
        server.merge(200, CERTIFICATES + "/shared/status", "{\"status\":{\"notAfter\":\"2000-01-01T00:00:00Z\"}}");
        server.merge(422, CERTIFICATES + "/shared/status", "{\"status\":{\"notAfter\":\"soon\"}}");
        JsonNode table = server.call(
                200,
                "GET",
                CERTIFICATES + "/shared",
                "application/json",
                "",
                "accept",
                "application/json;as=Table;v=v1;g=meta.k8s.io");
        JsonNode cells = table.path("rows").get(0).path("cells");
        assertEquals("True", cells.get(1).asString());
        assertTrue(cells.get(3).asString().endsWith("y"), cells::toString);
        assertTrue(cells.get(4).isNull());
    }

    @Test
    void workflowsHoldAnything() throws Exception {
        String spec = "{\"templates\":[{\"name\":\"a\",\"steps\":[[{\"x\":null}]]}],\"deep\":{\"b\":[1,2.5,\"c\"]}}";
        JsonNode made = server.post(
                201,
                WORKFLOWS + "?fieldValidation=Strict",
                "{\"metadata\":{\"generateName\":\"w-\"},\"spec\":" + spec + ",\"status\":{\"phase\":\"Running\"}}");
        assertEquals(spec, made.path("spec").toString());
        assertEquals("Running", made.path("status").path("phase").asString());
        String path = WORKFLOWS + "/" + made.path("metadata").path("name").asString();
        assertEquals(made, server.get(path));
        JsonNode changed = server.merge(200, path, "{\"status\":{\"phase\":\"Done\"}}");
        assertEquals(2, changed.path("metadata").path("generation").asInt());
        assertFalse(server.send("GET", path + "/status", "application/json", "").statusCode() == 200);
        JsonNode applied = server.call(
                200,
                "PATCH",
                path + "?fieldManager=m&force=true",
                APPLY,
                "{\"apiVersion\":\"flows.example.com/v1alpha1\",\"kind\":\"Workflow\",\"spec\":{\"only\":1}}");
        assertEquals("{\"only\":1}", applied.path("spec").toString());
    }
}
