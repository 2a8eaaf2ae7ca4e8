package io.gantry.apiserver.customresource;

import static io.gantry.apiserver.customresource.CrdServer.CRDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import java.io.BufferedReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Custom resources over HTTP.
class CustomResourceTest {
    private static final String NAME = "postgresqldatabases.db.example.com";
    private static final String BASE = "/apis/db.example.com/v1/namespaces/default/postgresqldatabases";
    private static CrdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CrdServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void define() throws Exception {
        server.define("postgresqldatabases");
    }

    @AfterEach
    void undefine() throws Exception {
        server.undefine(NAME);
    }

    private static String database(String name, String spec) {
        return "{\"apiVersion\":\"db.example.com/v1\",\"kind\":\"PostgresqlDatabase\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":" + spec + "}";
    }

    private static long generation(JsonNode object) {
        return object.path("metadata").path("generation").asLong();
    }

    @Test
    void aDefinitionIsEstablished() throws Exception {
        JsonNode definition = server.get(CRDS + "/" + NAME);
        assertTrue(Conditions.isTrue(definition, "NamesAccepted"));
        assertEquals(
                "NoConflicts",
                Conditions.find(definition, "NamesAccepted").path("reason").asString());
        assertEquals(
                "InitialNamesAccepted",
                Conditions.find(definition, "Established").path("reason").asString());
        JsonNode accepted = definition.path("status").path("acceptedNames");
        assertEquals("postgresqldatabase", accepted.path("singular").asString());
        assertEquals("PostgresqlDatabaseList", accepted.path("listKind").asString());
        assertEquals(
                "[\"v1\"]", definition.path("status").path("storedVersions").toString());
    }

    @Test
    void anObjectIsDefaultedPrunedAndCounted() throws Exception {
        JsonNode made = server.post(
                201,
                BASE,
                database(
                        "a",
                        "{\"engine\":\"16\",\"foo\":1,\"extra\":{\"any\":[1]},\"storage\":{\"class\":null}},"
                                + "\"status\":{\"replicas\":5}"));
        assertEquals(
                "{\"engine\":\"16\",\"extra\":{\"any\":[1]},\"storage\":{\"class\":null,\"size\":\"1Gi\"},\"replicas\":1}",
                made.path("spec").toString());
        assertFalse(made.has("status"));
        assertEquals(1, generation(made));
        assertEquals(made, server.get(BASE + "/a"));
        JsonNode labelled =
                server.merge(200, BASE + "/a", "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"status\":{\"replicas\":4}}");
        assertEquals(1, generation(labelled));
        assertFalse(labelled.has("status"));
        assertEquals(2, generation(server.merge(200, BASE + "/a", "{\"spec\":{\"replicas\":3}}")));
        JsonNode status = server.merge(
                200,
                BASE + "/a/status",
                "{\"metadata\":{\"labels\":{\"x\":\"y\"}},\"spec\":{\"replicas\":8},\"status\":{\"replicas\":2,\"selector\":\"a=b\"}}");
        assertEquals(2, generation(status));
        assertEquals(3, status.path("spec").path("replicas").asInt());
        assertEquals("{\"a\":\"b\"}", status.path("metadata").path("labels").toString());
        assertEquals(2, status.path("status").path("replicas").asInt());
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        JsonNode refused = server.post(
                422,
                BASE,
                database(
                        "a",
                        "{\"engine\":\"9\",\"replicas\":12,\"users\":[{\"name\":\"a\"},{\"name\":\"a\"},{\"name\":\"B\"}]}"));
        List<String> causes = new ArrayList<>();
        refused.path("details")
                .path("causes")
                .forEach(cause -> causes.add(cause.path("field").asString() + " "
                        + cause.path("reason").asString()));
        assertTrue(causes.contains("spec.engine FieldValueNotSupported"), causes::toString);
        assertTrue(causes.contains("spec.replicas FieldValueInvalid"), causes::toString);
        assertTrue(causes.contains("spec.users[1] FieldValueDuplicate"), causes::toString);
        assertTrue(causes.contains("spec.users[2].name FieldValueInvalid"), causes::toString);
        JsonNode strict =
                server.post(400, BASE + "?fieldValidation=Strict", database("a", "{\"engine\":\"16\",\"foo\":1}"));
        assertTrue(strict.path("message").asString().contains("unknown field \"spec.foo\""), strict::toString);
        server.post(422, BASE, database("a", "{}"));
        server.call(415, "POST", BASE, "application/vnd.kubernetes.protobuf", "k8s\0");
        HttpResponse<String> binary =
                server.send("GET", BASE, "application/json", "", "accept", "application/vnd.kubernetes.protobuf");
        assertEquals(406, binary.statusCode());
    }

    @Test
    void everyPatchButTheStrategicOne() throws Exception {
        server.post(201, BASE, database("p", "{\"engine\":\"15\"}"));
        JsonNode json = server.call(
                200,
                "PATCH",
                BASE + "/p",
                "application/json-patch+json",
                "[{\"op\":\"add\",\"path\":\"/spec/parameters\",\"value\":{\"a\":\"b\"}}]");
        assertEquals("{\"a\":\"b\"}", json.path("spec").path("parameters").toString());
        server.call(415, "PATCH", BASE + "/p", "application/strategic-merge-patch+json", "{}");
        String apply = "application/apply-patch+yaml";
        server.call(
                200,
                "PATCH",
                BASE + "/p?fieldManager=one&force=true",
                apply,
                database("p", "{\"engine\":\"16\",\"users\":[{\"name\":\"ann\",\"roles\":[\"r\"]}]}"));
        JsonNode both = server.call(
                200, "PATCH", BASE + "/p?fieldManager=two", apply, database("p", "{\"users\":[{\"name\":\"bob\"}]}"));
        assertEquals(2, both.path("spec").path("users").size());
        JsonNode conflict =
                server.call(409, "PATCH", BASE + "/p?fieldManager=two", apply, database("p", "{\"engine\":\"14\"}"));
        assertTrue(conflict.path("message").asString().contains(".spec.engine"), conflict::toString);
        JsonNode made =
                server.call(201, "PATCH", BASE + "/q?fieldManager=two", apply, database("q", "{\"engine\":\"14\"}"));
        assertEquals(
                "Apply",
                made.path("metadata")
                        .path("managedFields")
                        .get(0)
                        .path("operation")
                        .asString());
    }

    @Test
    void scale() throws Exception {
        server.post(201, BASE, database("s", "{\"engine\":\"16\",\"replicas\":2}"));
        server.merge(200, BASE + "/s/status", "{\"status\":{\"replicas\":1,\"selector\":\"app=s\"}}");
        String refusal = server.merge(422, BASE + "/s/status", "{\"status\":{\"replicas\":\"many\"}}")
                .path("message")
                .asString();
        assertTrue(refusal.contains(
                "status.replicas: Invalid value: \"string\": replicas in body must be of type integer"));
        assertTrue(
                refusal.contains(
                        ".status.replicas: Invalid value: 0: .status.replicas accessor error: many is of the type string, expected int64"));
        JsonNode scale = server.get(BASE + "/s/scale");
        assertEquals("Scale", scale.path("kind").asString());
        assertEquals(2, scale.path("spec").path("replicas").asInt());
        assertEquals("app=s", scale.path("status").path("selector").asString());
        server.merge(200, BASE + "/s/scale", "{\"spec\":{\"replicas\":4}}");
        assertEquals(4, server.get(BASE + "/s").path("spec").path("replicas").asInt());
        server.merge(422, BASE + "/s/scale", "{\"spec\":{\"replicas\":40}}");
    }

    /// Upstream's server of custom resources answers so to what a definition has not.
    @Test
    void aSubresourceThatIsNotThereIsAnObjectThatIsNotThere() throws Exception {
        JsonNode refusal = server.call(404, "GET", BASE + "/s/approval", "application/json", "");
        assertEquals(
                "postgresqldatabases.db.example.com \"s\" not found",
                refusal.path("message").asString());
        assertEquals("s", refusal.path("details").path("name").asString());
    }

    @Test
    void listsSelectAndTablesShow() throws Exception {
        server.post(201, BASE, database("l1", "{\"engine\":\"14\"}"));
        server.post(201, BASE, database("l2", "{\"engine\":\"16\"}"));
        JsonNode list = server.get("/apis/db.example.com/v1/postgresqldatabases?fieldSelector=spec.engine%3D16");
        assertEquals("PostgresqlDatabaseList", list.path("kind").asString());
        assertEquals(1, list.path("items").size());
        server.call(400, "GET", BASE + "?fieldSelector=spec.replicas%3D1", "application/json", "");
        server.merge(
                200, BASE + "/l1/status", "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
        JsonNode table = server.call(
                200, "GET", BASE, "application/json", "", "accept", "application/json;as=Table;v=v1;g=meta.k8s.io");
        List<String> names = new ArrayList<>();
        table.path("columnDefinitions")
                .forEach(column -> names.add(column.path("name").asString()));
        assertEquals(List.of("Name", "Engine", "Replicas", "Ready", "Size", "Age"), names);
        JsonNode cells = table.path("rows").get(0).path("cells");
        assertEquals("[\"l1\",\"14\",1,\"True\",\"1Gi\"", cells.toString().substring(0, 25));
        assertTrue(table.path("rows").get(1).path("cells").get(3).isNull());
    }

    @Test
    void watchersSeeEverythingAndEndWhenTheDefinitionChanges() throws Exception {
        try (BufferedReader lines = server.watch(BASE + "?watch=1")) {
            server.post(201, BASE, database("w", "{\"engine\":\"14\"}"));
            assertEquals(
                    "ADDED", Json.MAPPER.readTree(lines.readLine()).path("type").asString());
            server.delete(200, BASE + "/w");
            assertEquals(
                    "DELETED",
                    Json.MAPPER.readTree(lines.readLine()).path("type").asString());
            ObjectNode definition = (ObjectNode) server.get(CRDS + "/" + NAME);
            schema(definition)
                    .withObject("properties")
                    .withObject("spec")
                    .withObject("properties")
                    .putObject("more")
                    .put("type", "string")
                    .put("default", "d");
            server.put(200, CRDS + "/" + NAME, definition);
            assertNull(lines.readLine());
        }
        assertEquals(
                "d",
                server.post(201, BASE, database("m", "{\"engine\":\"14\"}"))
                        .path("spec")
                        .path("more")
                        .asString());
    }

    private static ObjectNode schema(ObjectNode definition) {
        return (ObjectNode)
                definition.path("spec").path("versions").get(0).path("schema").path("openAPIV3Schema");
    }

    @Test
    void readingDefaultsAndPrunes() throws Exception {
        server.post(201, BASE, database("r", "{\"engine\":\"14\",\"parameters\":{\"a\":\"b\"}}"));
        ObjectNode definition = (ObjectNode) server.get(CRDS + "/" + NAME);
        ObjectNode spec =
                schema(definition).withObject("properties").withObject("spec").withObject("properties");
        spec.remove("parameters");
        spec.putObject("late").put("type", "string").put("default", "later");
        server.put(200, CRDS + "/" + NAME, definition);
        JsonNode read = server.get(BASE + "/r");
        assertEquals("later", read.path("spec").path("late").asString());
        assertFalse(read.path("spec").has("parameters"));
        assertEquals(read, server.get(BASE).path("items").get(0));
    }

    /// As Crossplane's and Chainsaw's definitions are: two versions that default differently.
    @Test
    void defaultsAreOfTheVersionAskedForAndOfTheStoredOne() throws Exception {
        server.define(Json.MAPPER.readTree("""
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
                 "metadata":{"name":"gadgets.example.com"},
                 "spec":{"group":"example.com","scope":"Cluster",
                  "names":{"plural":"gadgets","singular":"gadget","kind":"Gadget","listKind":"GadgetList"},
                  "versions":[
                   {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":
                    {"spec":{"type":"object","properties":{"policy":{"type":"string","default":"Background"}}}}}}},
                   {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","properties":
                    {"spec":{"type":"object","properties":{"policy":{"type":"string"},
                     "own":{"type":"string","default":"mine"}}}}}}}]}}
                """));
        String later = "/apis/example.com/v2/gadgets";
        JsonNode made = server.post(
                201,
                later,
                "{\"apiVersion\":\"example.com/v2\",\"kind\":\"Gadget\",\"metadata\":{\"name\":\"g\"},\"spec\":{}}");
        assertEquals("{\"policy\":\"Background\"}", made.path("spec").toString());
        assertEquals(made, server.get(later + "/g"));
        assertEquals(
                made.path("spec"), server.get("/apis/example.com/v1/gadgets/g").path("spec"));
        server.undefine("gadgets.example.com");
    }

    @Test
    void unchangedFaultsAreCarried() throws Exception {
        server.post(
                201,
                BASE,
                database("o", "{\"engine\":\"14\",\"replicas\":5,\"users\":[{\"name\":\"ann\"},{\"name\":\"bob\"}]}"));
        ObjectNode definition = (ObjectNode) server.get(CRDS + "/" + NAME);
        ObjectNode spec =
                schema(definition).withObject("properties").withObject("spec").withObject("properties");
        spec.withObject("replicas").put("maximum", 3);
        ((ObjectNode) spec.path("users").path("items").path("properties").path("name")).put("pattern", "^b");
        server.put(200, CRDS + "/" + NAME, definition);
        server.merge(200, BASE + "/o", "{\"spec\":{\"engine\":\"15\"}}");
        server.merge(422, BASE + "/o", "{\"spec\":{\"replicas\":4}}");
        server.merge(200, BASE + "/o", "{\"spec\":{\"users\":[{\"name\":\"bob\"},{\"name\":\"ann\"}]}}");
        server.merge(
                422, BASE + "/o", "{\"spec\":{\"users\":[{\"name\":\"ann\",\"roles\":[\"r\"]}, {\"name\":\"carl\"}]}}");
    }

    @Test
    void discoveryAndOpenApiFollow() throws Exception {
        JsonNode resources = server.get("/apis/db.example.com/v1");
        List<String> names = new ArrayList<>();
        resources
                .path("resources")
                .forEach(resource -> names.add(resource.path("name").asString()));
        assertEquals(List.of("postgresqldatabases", "postgresqldatabases/status", "postgresqldatabases/scale"), names);
        assertEquals(
                "[\"pgdb\"]",
                resources.path("resources").get(0).path("shortNames").toString());
        JsonNode document = server.get("/openapi/v3/apis/db.example.com/v1");
        JsonNode schema = document.path("components").path("schemas").path("com.example.db.v1.PostgresqlDatabase");
        assertEquals(
                "The version of the engine.",
                schema.path("properties")
                        .path("spec")
                        .path("properties")
                        .path("engine")
                        .path("description")
                        .asString());
        assertTrue(server.get("/openapi/v2").path("definitions").has("com.example.db.v1.PostgresqlDatabase"));
        HttpResponse<String> aggregated = server.send(
                "GET",
                "/apis",
                "application/json",
                "",
                "accept",
                "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        assertTrue(aggregated.body().contains("\"pgdb\""));
    }

    /// Upstream's own server answers all paths of its groups' versions.
    @Test
    void aBuiltInGroupsVersionIsNotShadowed() throws Exception {
        ObjectNode shadow = CrdServer.fixture("widgets");
        shadow.withObject("metadata")
                .put("name", "foos.networking.k8s.io")
                .withObject("annotations")
                .put("api-approved.kubernetes.io", "unapproved, test-only");
        shadow.withObject("spec")
                .put("group", "networking.k8s.io")
                .putObject("names")
                .put("plural", "foos")
                .put("kind", "Foo");
        ((ObjectNode) shadow.path("spec").path("versions").get(0)).put("name", "v1");
        ((ObjectNode) shadow.path("spec").path("versions").get(1)).put("name", "v9");
        server.define(shadow);
        try {
            server.get("/apis/networking.k8s.io/v9/foos");
            assertEquals(
                    404,
                    server.send("GET", "/apis/networking.k8s.io/v1/foos", CrdServer.JSON, "")
                            .statusCode());
            server.get("/apis/networking.k8s.io/v1/networkpolicies");
            assertFalse(server.get("/apis/networking.k8s.io/v1").toString().contains("\"foos\""));
        } finally {
            server.undefine("foos.networking.k8s.io");
        }
    }

    @Test
    void dryRunsLeaveNothing() throws Exception {
        JsonNode made = server.post(201, BASE + "?dryRun=All", database("d", "{\"engine\":\"14\"}"));
        assertEquals(1, made.path("spec").path("replicas").asInt());
        server.call(404, "GET", BASE + "/d", "application/json", "");
    }
}
