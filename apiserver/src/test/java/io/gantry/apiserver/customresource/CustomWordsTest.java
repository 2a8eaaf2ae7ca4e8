package io.gantry.apiserver.customresource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What is told of custom resources, in upstream's words.
class CustomWordsTest {
    private static final String FORMATS = """
            {"metadata":{"name":"formats.example.com"},"spec":{"group":"example.com","scope":"Cluster",
            "names":{"plural":"formats","kind":"Format"},"versions":[{"name":"v1","served":true,"storage":true,
            "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object",
            "properties":{"ip":{"type":"string","format":"ipv4"}},
            "x-kubernetes-validations":[{"rule":"false","message":"never"}]}}}}}]}}""";
    private static final String CONVERTED = """
            {"metadata":{"name":"bars.example.com"},"spec":{"group":"example.com","scope":"Cluster",
            "names":{"plural":"bars","kind":"Bar"},"conversion":{"strategy":"Webhook","webhook":{"conversionReviewVersions":["v1"],
            "clientConfig":{"service":{"namespace":"default","name":"nobody","path":"/c"}}}},"versions":[
            {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}},
            {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}""";

    private static final String PARTS = """
            {"metadata":{"name":"parts.example.com"},"spec":{"group":"example.com","scope":"Cluster",
            "names":{"plural":"parts","kind":"Part"},"versions":[{"name":"v1","served":true,"storage":true,
            "subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas"}},
            "schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{
            "replicas":{"type":"integer"},"inner":{"type":"object","x-kubernetes-embedded-resource":true,
            "x-kubernetes-preserve-unknown-fields":true}}}}}}}]}}""";

    private static CrdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
        server.define(Json.MAPPER.readTree(FORMATS));
        server.define(Json.MAPPER.readTree(CONVERTED));
        server.define(Json.MAPPER.readTree(PARTS));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String format(String ip) {
        return "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Format\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"ip\":\""
                + ip + "\"}}";
    }

    @Test
    void rulesAreNotAskedWhereAFormatDoesNotHold() throws Exception {
        assertEquals(
                "Format.example.com \"a\" is invalid: [spec.ip: Invalid value: \"x\": spec.ip in body must be of type ipv4:"
                        + " \"x\", <nil>: Invalid value: null: some validation rules were not checked because the object was"
                        + " invalid; correct the existing errors to complete validation]",
                server.post(422, "/apis/example.com/v1/formats", format("x"))
                        .path("message")
                        .asString());
        assertEquals(
                "Format.example.com \"a\" is invalid: spec: Invalid value: never",
                server.post(422, "/apis/example.com/v1/formats", format("1.2.3.4"))
                        .path("message")
                        .asString());
    }

    /// Faults of the schema, then of objects inside; rules in CEL last.
    @Test
    void objectsInsideAreCheckedAfterTheSchema() throws Exception {
        assertEquals(
                "Part.example.com \"a\" is invalid: [spec.replicas: Invalid value: \"string\": spec.replicas in body must be"
                        + " of type integer: \"string\", .spec.replicas: Invalid value: 0: .spec.replicas accessor error:"
                        + " x is of the type string, expected int64, spec.inner.apiVersion: Required value, spec.inner.kind:"
                        + " Required value]",
                server.post(
                                422,
                                "/apis/example.com/v1/parts",
                                "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Part\",\"metadata\":{\"name\":\"a\"},\"spec\":{"
                                        + "\"inner\":{},\"replicas\":\"x\"}}")
                        .path("message")
                        .asString());
    }

    @Test
    void theStatusIsDiscoveredBeforeTheScale() throws Exception {
        assertEquals(
                List.of("parts", "parts/status", "parts/scale"),
                server.get("/apis/example.com/v1")
                        .path("resources")
                        .valueStream()
                        .map(resource -> resource.path("name").asString())
                        .filter(name -> name.startsWith("parts"))
                        .toList());
    }

    @Test
    void aScaleTakesNoStrategicPatch() throws Exception {
        server.post(201, "/apis/example.com/v1/parts", part("scaled", "\"replicas\":1"));
        server.call(
                415,
                "PATCH",
                "/apis/example.com/v1/parts/scaled/scale",
                "application/strategic-merge-patch+json",
                "{\"spec\":{\"replicas\":2}}");
    }

    @Test
    void anotherKindIsAFaultOfItsOwn() throws Exception {
        assertEquals(
                "Other.example.com \"a\" is invalid: kind: Invalid value: \"Other\": must be Part",
                server.post(422, "/apis/example.com/v1/parts", part("a", "").replace("Part", "Other"))
                        .path("message")
                        .asString());
    }

    @Test
    void metadataInsideAreToldOfByTheirPlace() throws Exception {
        String inner =
                "\"inner\":{\"apiVersion\":\"v1\",\"kind\":\"X\",\"metadata\":{\"namespace\":42,\"name\":\"x\"}}";
        assertEquals(
                "Part in version \"v1\" cannot be handled as a Part: spec.inner.metadata: Invalid value:"
                        + " {\"name\":\"x\",\"namespace\":42}: json: cannot unmarshal number into Go struct field"
                        + " ObjectMeta.namespace of type string",
                server.post(400, "/apis/example.com/v1/parts", part("b", inner))
                        .path("message")
                        .asString());
    }

    private static String part(String name, String spec) {
        return "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Part\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{" + spec + "}}";
    }

    @Test
    void aConversionWithoutItsServiceSaysWhich() throws Exception {
        JsonNode failed = server.post(
                500,
                "/apis/example.com/v2/bars",
                "{\"apiVersion\":\"example.com/v2\",\"kind\":\"Bar\",\"metadata\":{\"name\":\"a\"}}");
        assertEquals(
                "conversion webhook for example.com/v2, Kind=Bar failed: Post"
                        + " \"https://nobody.default.svc:443/c?timeout=30s\": service \"nobody\" not found",
                failed.path("message").asString());
        assertFalse(failed.has("reason"));
    }

    @Test
    void theColumnOfNamesIsDescribedAsNamesAre() throws Exception {
        JsonNode table = Json.MAPPER.readTree(server.send(
                        "GET",
                        "/apis/example.com/v1/formats",
                        CrdServer.JSON,
                        "",
                        "accept",
                        "application/json;as=Table;v=v1;g=meta.k8s.io")
                .body());
        String description = table.at("/columnDefinitions/0/description").asString();
        assertTrue(description.startsWith("Name must be unique within a namespace."), description);
        assertTrue(description.endsWith("working-with-objects/names#names"), description);
    }

    @Test
    void nobodyOwnsTheGracePeriodOfADeletion() throws Exception {
        JsonNode made = server.post(
                201,
                "/apis/example.com/v1/bars",
                "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Bar\",\"metadata\":{\"name\":\"b\",\"labels\":{\"a\":\"b\"},"
                        + "\"deletionGracePeriodSeconds\":5}}");
        assertEquals(
                "{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:a\":{}}}}",
                made.at("/metadata/managedFields/0/fieldsV1").toString());
        assertFalse(made.path("metadata").has("deletionGracePeriodSeconds"));
    }
}
