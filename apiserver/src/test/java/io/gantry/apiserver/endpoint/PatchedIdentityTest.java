package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a patch leaves is the object of the URL.
class PatchedIdentityTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";
    private static final String ONE = MAPS + "/one?dryRun=All";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @BeforeAll
    static void start() throws Exception {
        SERVER.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"one\"}}");
        SERVER.json(201, "POST", LEASES, "{\"metadata\":{\"name\":\"one\"}}");
        SERVER.json(201, "POST", "/api/v1/nodes", "{\"metadata\":{\"name\":\"one\"}}");
    }

    private static String refusal(int code, String path, String type, String body) throws Exception {
        HttpResponse<String> answer = SERVER.send("PATCH", path, "application/" + type + "+json", body);
        assertEquals(code, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body()).path("message").asString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "merge-patch|{\"metadata\":null}",
                "merge-patch|{\"metadata\":{\"name\":null}}",
                "json-patch|[{\"op\":\"remove\",\"path\":\"/metadata/name\"}]",
                "strategic-merge-patch|{\"$patch\":\"replace\"}"
            })
    void itKeepsItsName(String type, String body) throws Exception {
        String message = "the name of the object (one based on URL) was undeterminable: name must be provided";
        assertEquals(message, refusal(400, ONE, type, body));
        assertEquals(message, refusal(400, "/api/v1/nodes/one/status", type, body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"Secret\"}|converting (v1.Secret) to (v1.ConfigMap): unknown conversion",
                "{\"apiVersion\":\"v2\"}|no kind \"ConfigMap\" is registered for version \"v2\" in scheme"
                        + " \"pkg/runtime/scheme.go:111\""
            })
    void itStaysWhatItIs(String body, String why) throws Exception {
        String message = refusal(422, ONE, "merge-patch", body);
        assertTrue(message.startsWith(" \"\" is invalid: patch: Invalid value: "), message);
        assertTrue(message.endsWith(why), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "merge-patch|[]|error decoding patch: json: cannot unmarshal array into Go value of type"
                        + " map[string]interface {}",
                "merge-patch|true|error decoding patch: json: cannot unmarshal bool into Go value of type"
                        + " map[string]interface {}",
                "merge-patch|null|Invalid JSON Patch",
                "merge-patch|{|error decoding patch: unexpected end of JSON input",
                "merge-patch|``|error decoding patch: unexpected end of JSON input",
                "strategic-merge-patch|\"a\"|json: cannot unmarshal string into Go value of type"
                        + " map[string]interface {}",
                "strategic-merge-patch|{\"data\":|unexpected end of JSON input",
                "json-patch|{}|error decoding patch: json: cannot unmarshal object into Go value of type"
                        + " []handlers.jsonPatchOp",
                "json-patch|[1]|error decoding patch: json: cannot unmarshal number into Go value of type"
                        + " handlers.jsonPatchOp",
                "json-patch|[{\"op\":\"add\",\"path\":5}]|error decoding patch: json: cannot unmarshal number into Go"
                        + " struct field jsonPatchOp.path of type string",
                "json-patch|[|error decoding patch: unexpected end of JSON input"
            })
    void whatIsNoPatchIsToldSo(String type, String body, String why) throws Exception {
        assertEquals(why, refusal(400, ONE, type, body));
    }

    @ParameterizedTest
    @CsvSource({"strategic-merge-patch", "json-patch"})
    void nullChangesNothing(String type) throws Exception {
        assertEquals("", refusal(200, ONE, type, "null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"metadata\":{\"resourceVersion\":null}}", "{\"metadata\":{\"resourceVersion\":\"0\"}}"})
    void aVersionIsNamedWhereItMustBe(String body) throws Exception {
        assertEquals(
                "leases.coordination.k8s.io \"one\" is invalid: metadata.resourceVersion: Invalid value: 0: must be"
                        + " specified for an update",
                refusal(422, LEASES + "/one", "merge-patch", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":null}", "{\"metadata\":{\"resourceVersion\":\"0\"}}"})
    void whatSaysNothingIsTaken(String body) throws Exception {
        assertEquals("", refusal(200, ONE, "merge-patch", body));
    }

    @ParameterizedTest
    @CsvSource({"GET,pods/p/exec", "POST,pods/p/attach", "GET,services/s/proxy"})
    void connectionsAreNotTried(String method, String path) throws Exception {
        HttpResponse<String> answer =
                SERVER.send(method, "/api/v1/namespaces/default/" + path + "?dryRun=All", "application/json", "");
        assertEquals(400, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("dryRun is not supported"), answer.body());
    }

    @ParameterizedTest
    @CsvSource({"100.5m,101m", "0.0001,1m", "1n,1m", "1500u,2m", "250m,250m", "1.5,1500m", "100e-6,1m"})
    void amountsAreWholeThousandths(String cpu, String stored) throws Exception {
        String pod = "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\","
                + "\"resources\":{\"requests\":{\"cpu\":\"" + cpu + "\"}}}]}}";
        assertEquals(
                stored,
                SERVER.json(201, "POST", "/api/v1/namespaces/default/pods?dryRun=All", pod)
                        .at("/spec/containers/0/resources/requests/cpu")
                        .asString());
    }
}
