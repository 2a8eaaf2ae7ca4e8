package io.gantry.apiserver.customresource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What server-side apply makes of values that the schema of a custom resource does not take.
class CustomApplyTest {
    private static final String FOOS = "/apis/example.com/v1/foos";
    private static final String DEFINITION = """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"foos.example.com"},
            "spec":{"group":"example.com","scope":"Cluster","names":{"plural":"foos","kind":"Foo"},"versions":[
            {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":%1$s}},
            {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":%1$s}}]}}""".formatted("""
            {"type":"object","properties":{"spec":{"type":"object","properties":{
            "replicas":{"type":"integer"},"s":{"type":"string"},"d":{"type":"string","default":"dd"},
            "n":{"type":"string","nullable":true},"m":{"type":"object","additionalProperties":{"type":"string"}},"l":{"type":"array","items":{"type":"string"}}}}}}""");

    private static CrdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
        server.define(Json.MAPPER.readTree(DEFINITION));
        server.post(201, FOOS, foo("v1", "f", "{\"replicas\":1}"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String foo(String version, String name, String spec) {
        return "{\"apiVersion\":\"example.com/" + version + "\",\"kind\":\"Foo\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":" + spec + "}";
    }

    private static JsonNode apply(int expected, String manager, String name, String spec) throws Exception {
        return server.call(
                expected,
                "PATCH",
                FOOS + "/" + name + "?force=true&fieldManager=" + manager,
                "application/apply-patch+yaml",
                foo("v1", name, spec));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"Q\"}|Q.example.com \"f\" is invalid: kind: Invalid value: \"Q\": must be Foo",
                "{\"apiVersion\":\"x/v2\"}|Foo.x \"f\" is invalid: apiVersion: Invalid value: \"x/v2\": must be"
                        + " example.com/v1",
                "{\"metadata\":{\"resourceVersion\":null}}|foos.example.com \"f\" is invalid:"
                        + " metadata.resourceVersion: Invalid value: 0: must be specified for an update"
            })
    void aPatchLeavesWhatItIs(String body, String why) throws Exception {
        JsonNode refused = server.call(422, "PATCH", FOOS + "/f", "application/merge-patch+json", body);
        assertEquals(why, refused.get("message").stringValue());
    }

    @ParameterizedTest
    @CsvSource({"replicas,integer", "s,string", "l,array"})
    void aNullIsRefused(String field, String type) throws Exception {
        assertEquals(
                "Foo.example.com \"f\" is invalid: spec." + field + ": Invalid value: \"null\": spec." + field
                        + " in body must be of type " + type + ": \"null\"",
                apply(422, "m", "f", "{\"" + field + "\":null}").path("message").asString());
    }

    @Test
    void aNullWithADefaultIsOwnedAndDefaulted() throws Exception {
        JsonNode applied = apply(201, "m", "nulls", "{\"d\":null,\"n\":null}");
        assertEquals(Json.MAPPER.readTree("{\"d\":\"dd\",\"n\":null}"), applied.path("spec"));
        assertEquals(
                Json.MAPPER.readTree("{\"f:spec\":{\"f:d\":{},\"f:n\":{}}}"),
                applied.at("/metadata/managedFields/0/fieldsV1"));
    }

    @Test
    void aNullAmongFreeKeysIsDroppedUnlessItIsApplied() throws Exception {
        JsonNode made = server.post(201, FOOS, foo("v1", "free", "{\"m\":{\"a\":null,\"b\":\"c\"}}"));
        assertEquals(Json.MAPPER.readTree("{\"b\":\"c\"}"), made.at("/spec/m"));
        apply(422, "m", "free", "{\"m\":{\"a\":null}}");
    }

    @Test
    void anotherTypeDoesNotMerge() throws Exception {
        assertEquals(
                "failed to create typed patch object (/f; example.com/v1, Kind=Foo): .spec.replicas: expected numeric"
                        + " (int or float), got string",
                apply(500, "m", "f", "{\"replicas\":\"1\"}").path("message").asString());
    }

    @Test
    void aVersionThatIsGoneStopsApplies() throws Exception {
        server.post(201, FOOS.replace("v1", "v2") + "?fieldManager=old", foo("v2", "gone", "{\"s\":\"x\"}"));
        String definition = CrdServer.CRDS + "/foos.example.com";
        ObjectNode narrowed = (ObjectNode) server.get(definition);
        ((ArrayNode) narrowed.path("spec").path("versions")).remove(1);
        server.put(200, definition, narrowed);
        assertEquals(
                "request to convert CR to an invalid group/version: example.com/v2",
                apply(500, "m", "gone", "{\"replicas\":2}").path("message").asString());
    }
}
