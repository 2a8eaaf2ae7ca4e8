package io.gantry.apiserver.customresource;

import static io.gantry.apiserver.customresource.CrdServer.CRDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What OpenAPI says of custom resources, as upstream's conformance tests ask for it.
class PublishedSchemaTest {
    private static CrdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ObjectNode definition(String plural, String kind, String group, String schema) throws Exception {
        ObjectNode definition = CrdServer.fixture("widgets");
        definition.withObject("metadata").put("name", plural + "." + group);
        ObjectNode spec = definition.withObject("spec").put("group", group);
        spec.putObject("names").put("plural", plural).put("kind", kind);
        for (JsonNode version : spec.path("versions")) {
            ((ObjectNode) version).putObject("schema").set("openAPIV3Schema", Json.MAPPER.readTree(schema));
        }
        return definition;
    }

    private static JsonNode v2(String name) throws Exception {
        return server.get("/openapi/v2").path("definitions").path(name);
    }

    private static JsonNode v3(String groupVersion, String name) throws Exception {
        return server.get("/openapi/v3/apis/" + groupVersion)
                .path("components")
                .path("schemas")
                .path(name);
    }

    @Test
    void aValidationSchema() throws Exception {
        server.define(
                definition(
                        "foos",
                        "Foo",
                        "pub1.example.com",
                        "{\"type\":\"object\",\"description\":\"Foo CRD for Testing\",\"properties\":{\"spec\":{\"type\":\"object\","
                                + "\"description\":\"Specification of Foo\",\"properties\":{\"bars\":{\"type\":\"array\","
                                + "\"items\":{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{"
                                + "\"name\":{\"type\":\"string\"},\"feeling\":{\"type\":\"string\",\"enum\":[\"Great\",\"Down\"]}}}}}}}}"));
        for (JsonNode foo :
                new JsonNode[] {v2("com.example.pub1.v1.Foo"), v3("pub1.example.com/v1", "com.example.pub1.v1.Foo")}) {
            assertEquals("Foo CRD for Testing", foo.path("description").asString());
            JsonNode bars =
                    foo.path("properties").path("spec").path("properties").path("bars");
            assertEquals("[\"name\"]", bars.path("items").path("required").toString());
            assertTrue(foo.path("properties").has("metadata"));
            assertEquals(
                    "[{\"group\":\"pub1.example.com\",\"kind\":\"Foo\",\"version\":\"v1\"}]",
                    foo.path("x-kubernetes-group-version-kind").toString());
        }
        JsonNode list = v3("pub1.example.com/v1", "com.example.pub1.v1.FooList");
        assertEquals("FooList is a list of Foo", list.path("description").asString());
        server.undefine("foos.pub1.example.com");
        assertTrue(v2("com.example.pub1.v1.Foo").isMissingNode());
    }

    @Test
    void unknownFieldsAreKept() throws Exception {
        server.define(
                definition(
                        "opens",
                        "Open",
                        "pub2.example.com",
                        "{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true,\"properties\":{\"a\":{\"type\":\"string\"}}}"));
        assertFalse(v2("com.example.pub2.v1.Open").has("properties"));
        assertTrue(v3("pub2.example.com/v1", "com.example.pub2.v1.Open")
                .path("properties")
                .has("a"));
        server.post(
                201,
                "/apis/pub2.example.com/v1/opens?fieldValidation=Strict",
                "{\"metadata\":{\"name\":\"o\"},\"any\":{\"thing\":[1,{\"b\":null}]}}");
        assertEquals(
                "{\"thing\":[1,{\"b\":null}]}",
                server.get("/apis/pub2.example.com/v1/opens/o").path("any").toString());
        server.undefine("opens.pub2.example.com");
    }

    @Test
    void embeddedObjectsAreWhole() throws Exception {
        server.define(definition(
                "embeds",
                "Embed",
                "pub3.example.com",
                "{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{"
                        + "\"embedded\":{\"type\":\"object\",\"x-kubernetes-embedded-resource\":true,\"properties\":{"
                        + "\"spec\":{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}}},"
                        + "\"raw\":{\"type\":\"object\",\"x-kubernetes-embedded-resource\":true,"
                        + "\"x-kubernetes-preserve-unknown-fields\":true}}}}}"));
        JsonNode embedded = v3("pub3.example.com/v1", "com.example.pub3.v1.Embed")
                .path("properties")
                .path("spec")
                .path("properties")
                .path("embedded");
        assertTrue(embedded.path("properties").has("metadata"));
        assertEquals("[\"kind\",\"apiVersion\"]", embedded.path("required").toString());
        String path = "/apis/pub3.example.com/v1/embeds";
        JsonNode made = server.post(
                201,
                path,
                "{\"metadata\":{\"name\":\"e\"},\"spec\":{\"embedded\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\","
                        + "\"metadata\":{\"name\":\"p\",\"foo\":1},\"spec\":{\"any\":1},\"x\":1}}}");
        assertEquals(
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"any\":1}}",
                made.path("spec").path("embedded").toString());
        server.post(422, path, "{\"metadata\":{\"name\":\"f\"},\"spec\":{\"raw\":{\"a\":1}}}");
        server.undefine("embeds.pub3.example.com");
    }

    @Test
    void severalGroupsVersionsAndKinds() throws Exception {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"description\":\"D\"}}}";
        server.define(definition("ones", "One", "pub4.example.com", schema));
        server.define(definition("twos", "Two", "pub4.example.com", schema));
        server.define(definition("ones", "One", "pub5.example.com", schema));
        for (String name : new String[] {
            "pub4.v1.One", "pub4.v1beta1.One", "pub4.v1.Two", "pub5.v1.One",
        }) {
            assertEquals(
                    "D",
                    v2("com.example." + name)
                            .path("properties")
                            .path("a")
                            .path("description")
                            .asString());
        }
        ObjectNode renamed = (ObjectNode) server.get(CRDS + "/ones.pub5.example.com");
        ((ObjectNode) renamed.path("spec").path("versions").get(1)).put("name", "v4");
        server.put(200, CRDS + "/ones.pub5.example.com", renamed);
        assertTrue(v2("com.example.pub5.v1.One").isMissingNode());
        assertEquals("object", v2("com.example.pub5.v4.One").path("type").asString());
        ObjectNode stopped = (ObjectNode) server.get(CRDS + "/ones.pub4.example.com");
        ((ObjectNode) stopped.path("spec").path("versions").get(1)).put("served", false);
        server.put(200, CRDS + "/ones.pub4.example.com", stopped);
        assertTrue(v2("com.example.pub4.v1.One").isMissingNode());
        assertFalse(v2("com.example.pub4.v1beta1.One").isMissingNode());
        for (String name : new String[] {"ones.pub4", "twos.pub4", "ones.pub5"}) {
            server.undefine(name + ".example.com");
        }
    }
}
