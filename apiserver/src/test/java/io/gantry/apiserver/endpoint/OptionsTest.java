package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What options that are not supported are answered, in upstream's words (`meta/v1/validation`).
class OptionsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static LocalServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalServer();
        server.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    record Case(String request, String type, String body, int code, String message) {}

    private static Case create(String query, String why) {
        return new Case(
                "POST " + MAPS + query,
                "application/json",
                "{\"metadata\":{\"name\":\"n\"}}",
                422,
                "CreateOptions.meta.k8s.io \"\" is invalid: " + why);
    }

    private static Case delete(String query, String body, String why) {
        return new Case(
                "DELETE " + MAPS + "/m" + query,
                "application/json",
                body,
                422,
                "DeleteOptions.meta.k8s.io \"\" is invalid: " + why);
    }

    private static Case get(String query, int code, String why) {
        return new Case("GET " + MAPS + query, "", "", code, why);
    }

    /// Numbers, and what does not go together.
    static List<Case> reads() {
        String number = "strconv.ParseInt: parsing ";
        return List.of(
                get("?limit=", 400, number + "\"\": invalid syntax"),
                get("?limit=1.5", 400, number + "\"1.5\": invalid syntax"),
                get("?limit=99999999999999999999", 400, number + "\"99999999999999999999\": value out of range"),
                get("?timeoutSeconds=abc", 400, number + "\"abc\": invalid syntax"),
                get("?watch=true&timeoutSeconds=1&limit=x", 400, number + "\"x\": invalid syntax"),
                get(
                        "?watch=true&timeoutSeconds=1&continue=abc",
                        422,
                        "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: resourceVersionMatch is"
                                + " forbidden when continue is provided"));
    }

    static List<Case> cases() {
        String patch = "PatchOptions.meta.k8s.io \"\" is invalid: ";
        return List.of(
                create("?dryRun=Foo", "dryRun: Unsupported value: [\"Foo\"]: supported values: \"All\""),
                create(
                        "?fieldValidation=Foo",
                        "fieldValidation: Unsupported value: \"Foo\": supported values: \"\", \"Ignore\", \"Strict\","
                                + " \"Warn\""),
                create(
                        "?fieldManager=a%01",
                        "fieldManager: Invalid value: \"a\\u0001\": invalid character U+0001 (at position 1)"),
                create("?fieldManager=" + "x".repeat(129), "fieldManager: Too long: may not be more than 128 bytes"),
                new Case(
                        "PATCH " + MAPS + "/m?force=true",
                        "application/merge-patch+json",
                        "{}",
                        422,
                        patch + "force: Forbidden: may not be specified for non-apply patch"),
                new Case(
                        "PATCH " + MAPS + "/m?fieldValidation=no",
                        "application/apply-patch+yaml",
                        "{}",
                        422,
                        patch
                                + "[fieldManager: Required value: is required for apply patch, fieldValidation: Unsupported"
                                + " value: \"no\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"]"),
                delete(
                        "?propagationPolicy=Foo",
                        "",
                        "propagationPolicy: Unsupported value: \"Foo\": supported values: \"Foreground\", \"Background\","
                                + " \"Orphan\", \"nil\""),
                delete(
                        "",
                        "{\"orphanDependents\":true,\"propagationPolicy\":\"Orphan\"}",
                        "propagationPolicy: Invalid value: \"Orphan\": orphanDependents and deletionPropagation cannot be"
                                + " both set"),
                delete("", "{\"dryRun\":[\"x\"]}", "dryRun: Unsupported value: [\"x\"]: supported values: \"All\""),
                new Case(
                        "GET " + MAPS + "/m?export",
                        "",
                        "",
                        400,
                        "the export parameter, deprecated since v1.14, is no longer supported"),
                new Case(
                        "PUT " + MAPS,
                        "application/json",
                        "{}",
                        405,
                        Call.notAllowed().getMessage()),
                new Case(
                        "PATCH " + MAPS,
                        "application/merge-patch+json",
                        "{}",
                        405,
                        Call.notAllowed().getMessage()),
                new Case(
                        "GET " + MAPS + "?fieldSelector=data.x%3D1",
                        "",
                        "",
                        400,
                        "\"data.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""),
                new Case("GET /api/v1/pods?fieldSelector=data.x%3D1", "", "", 400, "field label not supported: data.x"),
                new Case(
                        "GET /apis/batch/v1/jobs?fieldSelector=x%3D1",
                        "", "", 400, "field label \"x\" not supported for Job"));
    }

    @ParameterizedTest
    @MethodSource({"cases", "reads"})
    void refused(Case test) throws Exception {
        String[] request = test.request().split(" ");
        HttpResponse<String> answer = server.send(
                request[0], request[1], test.type().isEmpty() ? "application/json" : test.type(), test.body());
        JsonNode status = Json.MAPPER.readTree(answer.body());
        assertEquals(test.message(), status.path("message").asString());
        assertEquals(test.code(), answer.statusCode());
    }

    @Test
    void whatIsNotExportedIsRead() throws Exception {
        server.json(200, "GET", MAPS + "/m?export=false", "");
    }

    /// Upstream `schema.ParseGroupVersion`.
    @Test
    void anEmptyGroupMayHaveItsSlash() throws Exception {
        JsonNode made = server.json(
                201, "POST", MAPS, "{\"apiVersion\":\"/v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"slash\"}}");
        assertEquals("v1", made.path("apiVersion").asString());
        HttpResponse<String> applied = server.send(
                "PATCH",
                MAPS + "/slash?fieldManager=m",
                "application/apply-patch+yaml",
                "{\"apiVersion\":\"/v1\",\"kind\":\"ConfigMap\"}");
        assertEquals(200, applied.statusCode(), applied.body());
        assertEquals(
                "v1", Json.MAPPER.readTree(applied.body()).path("apiVersion").asString());
        server.json(400, "POST", MAPS, "{\"apiVersion\":\"//v1\",\"metadata\":{\"name\":\"slashes\"}}");
    }
}
