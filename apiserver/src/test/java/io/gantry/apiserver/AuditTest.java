package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.protobuf.ProtobufDecoder;
import io.gantry.api.protobuf.ProtobufEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The audit log over real HTTP.
@Timeout(30)
class AuditTest {
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: ["RequestReceived"]
            rules:
            - level: None
              nonResourceURLs: ["/readyz*", "/version"]
            - level: None
              verbs: ["watch"]
              resources: [{group: "", resources: ["services"]}]
            - level: Metadata
              resources: [{group: "", resources: ["secrets"]}]
            - level: RequestResponse
              omitManagedFields: true
              verbs: ["create", "patch"]
              resources: [{group: "", resources: ["configmaps"]}]
            - level: Metadata
            """;

    @TempDir
    private Path directory;

    private LocalServer start() throws Exception {
        return start(POLICY);
    }

    private LocalServer start(String text) throws Exception {
        return AuditedServer.start(directory, text, "--audit-log-path=" + directory.resolve("audit.log"));
    }

    private List<JsonNode> events() throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("audit.log"))) {
            events.add(Json.MAPPER.readTree(line));
        }
        return events;
    }

    @Test
    void thePolicySaysWhatIsLogged() throws Exception {
        HttpResponse<String> made;
        try (LocalServer api = start()) {
            api.json(200, "GET", "/version", "");
            api.json(201, "POST", SECRETS, "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"p\":\"hidden\"}}");
            made = api.send("POST", MAPS, "application/json", "{\"metadata\":{\"name\":\"m\"},\"data\":{\"k\":\"v\"}}");
            api.json(404, "GET", MAPS + "/none", "");
        }
        List<JsonNode> events = events();
        assertEquals(3, events.size(), events.toString());
        JsonNode secret = events.get(0);
        assertEquals("Metadata", secret.path("level").asString());
        assertEquals("create", secret.path("verb").asString());
        assertEquals("ResponseComplete", secret.path("stage").asString());
        assertEquals("jane", secret.path("user").path("username").asString());
        assertEquals("[\"127.0.0.1\"]", secret.path("sourceIPs").toString());
        assertEquals("test/1", secret.path("userAgent").asString());
        assertEquals(
                "{\"resource\":\"secrets\",\"namespace\":\"default\",\"name\":\"s\",\"apiVersion\":\"v1\"}",
                secret.path("objectRef").toString());
        assertEquals(
                "{\"metadata\":{},\"code\":201}", secret.path("responseStatus").toString());
        assertEquals(
                "allow",
                secret.path("annotations").path("authorization.k8s.io/decision").asString());
        assertTrue(secret.path("stageTimestamp")
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"));
        assertFalse(secret.toString().contains("hidden"));
        JsonNode map = events.get(1);
        assertEquals("v", map.path("requestObject").path("data").path("k").asString());
        assertEquals(
                "m", map.path("responseObject").path("metadata").path("name").asString());
        assertFalse(map.path("responseObject").path("metadata").has("managedFields"));
        assertEquals(
                map.path("auditID").asString(),
                made.headers().firstValue("audit-id").orElseThrow());
        JsonNode missing = events.get(2);
        assertEquals(404, missing.path("responseStatus").path("code").asInt());
        assertEquals("NotFound", missing.path("responseStatus").path("reason").asString());
        assertFalse(missing.has("responseObject"));
    }

    /// Upstream logs the object as it was decoded, which fills in defaults.
    @Test
    void loggedBodiesHaveTheirDefaults() throws Exception {
        String policy = """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: ["RequestReceived"]
                rules:
                - level: Request
                  verbs: ["create", "update"]
                """;
        String path = "/api/v1/namespaces/default/limitranges";
        String range =
                "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"limits\":[{\"type\":\"Container\",\"max\":{\"cpu\":\"2\"}}]}}";
        try (LocalServer api = start(policy)) {
            api.json(201, "POST", path, range);
            api.json(200, "PUT", path + "/l", range);
        }
        assertEquals(
                List.of("{\"cpu\":\"2\"}", "{\"cpu\":\"2\"}"),
                events().stream()
                        .map(event ->
                                event.at("/requestObject/spec/limits/0/default").toString())
                        .toList());
    }

    /// Whatever a body is written in, the log has it in JSON.
    @Test
    void bodiesOfEveryEncodingAreLogged() throws Exception {
        ProtobufEncoder encoder = new ProtobufDecoder(KindCatalog.all()).encoder();
        try (LocalServer api = start()) {
            byte[] protobuf = encoder.encode("""
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"p"},"data":{"k":"protobuf"}}""".getBytes(StandardCharsets.UTF_8));
            api.send("POST", MAPS, ProtobufDecoder.CONTENT_TYPE, protobuf);
            api.send("POST", MAPS, "application/yaml", "metadata: {name: yml}\ndata: {k: yaml}\n");
            api.send(
                    "PATCH",
                    MAPS + "/a?fieldManager=f",
                    "application/apply-patch+yaml",
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: apply}\n");
            api.send("POST", MAPS, "application/json", "{\"kind\":\"Pod\"}");
        }
        assertEquals(
                List.of("protobuf", "yaml", "apply", ""),
                events().stream()
                        .map(event -> event.at("/requestObject/data/k").asString(""))
                        .toList());
        assertEquals(
                List.of("p", "yml", "a", ""),
                events().stream()
                        .map(event -> event.at("/objectRef/name").asString(""))
                        .toList());
    }

    /// Whatever the policy says, and whatever is done with a Secret.
    @Test
    void whatSecretsHoldIsNeverLogged() throws Exception {
        String everything = "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: RequestResponse}]}";
        try (LocalServer api = start(everything)) {
            api.json(201, "POST", SECRETS, "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"p\":\"hidden\"}}");
            api.json(200, "GET", SECRETS + "/s", "");
            api.json(200, "GET", SECRETS, "");
            api.send("PATCH", SECRETS + "/s", "application/merge-patch+json", "{\"stringData\":{\"p\":\"hidden\"}}");
            api.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"},\"data\":{\"k\":\"shown\"}}");
            api.json(200, "DELETE", SECRETS + "/s", "");
        }
        String base64 = Base64.getEncoder().encodeToString("hidden".getBytes(StandardCharsets.UTF_8));
        for (JsonNode event : events()) {
            boolean secret = event.at("/objectRef/resource").asString().equals("secrets");
            assertEquals(
                    secret ? "Metadata" : "RequestResponse", event.path("level").asString(), event.toString());
            assertFalse(event.toString().contains("hidden") || event.toString().contains(base64), event.toString());
        }
        assertTrue(events().toString().contains("shown"));
    }
}
