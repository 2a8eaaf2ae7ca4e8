package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.LocalServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Options of deletions that cannot be read delete nothing.
class DeleteOptionsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @BeforeAll
    static void start() throws Exception {
        make("kept", "none");
    }

    private static void make(String name, String label) throws Exception {
        SERVER.json(
                201, "POST", MAPS, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"l\":\"" + label + "\"}}}");
    }

    private static int left(String label) throws Exception {
        return SERVER.json(200, "GET", MAPS + "?labelSelector=l%3D" + label, "")
                .path("items")
                .size();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"dryRun\":\"All\"}|json: cannot unmarshal string into Go struct field DeleteOptions.dryRun of type"
                        + " []string",
                "{\"gracePeriodSeconds\":\"x\"}|json: cannot unmarshal string into Go struct field"
                        + " DeleteOptions.gracePeriodSeconds of type int64",
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"}|no kind \"ConfigMap\" is registered for version \"v1\""
                        + " in scheme \"pkg/runtime/scheme.go:111\""
            })
    void bodies(String body, String message) throws Exception {
        for (String path : new String[] {MAPS + "/kept", MAPS}) {
            JsonNode refused = SERVER.json(400, "DELETE", path, body);
            assertEquals(message, refused.path("message").asString());
        }
        assertEquals(1, left("none"));
    }

    @ParameterizedTest
    @CsvSource({
        "/kept?gracePeriodSeconds=abc,400",
        "/kept?resourceVersion=1,409",
        "/kept?uid=x,409",
        "?limit=abc,400",
        "?continue=abc,400",
        "?resourceVersionMatch=Exact,422",
        "?sendInitialEvents=true,422",
        "?uid=x,409"
    })
    void parameters(String query, int code) throws Exception {
        assertEquals(
                code,
                SERVER.send("DELETE", MAPS + query, "application/json", "").statusCode());
        assertEquals(1, left("none"));
    }

    @Test
    void aBodyTakesThePlaceOfTheQuery() throws Exception {
        HttpResponse<String> answer =
                SERVER.send("DELETE", MAPS + "/kept?resourceVersion=1", "application/json", "{\"dryRun\":[\"All\"]}");
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(1, left("none"));
    }

    @Test
    void aLimitIsKept() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            make(name, "some");
        }
        String some = MAPS + "?labelSelector=l%3Dsome&limit=2";
        JsonNode first = SERVER.json(200, "DELETE", some, "");
        assertEquals(2, first.path("items").size());
        String next = first.path("metadata").path("continue").asString();
        assertFalse(next.isEmpty());
        assertEquals(1, left("some"));
        JsonNode rest = SERVER.json(200, "DELETE", some + "&continue=" + next, "");
        assertTrue(rest.path("metadata").path("continue").isMissingNode());
        assertEquals(0, left("some"));
    }
}
