package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Configurations that cannot be applied are refused by the merge, in its words.
class ApplyShapesTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps/";
    private static final String UNTYPED = "failed to create typed patch object (/; /v1, Kind=ConfigMap): ";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @BeforeAll
    static void start() throws Exception {
        SERVER.json(201, "POST", "/api/v1/namespaces/default/configmaps", "{\"metadata\":{\"name\":\"old\"}}");
    }

    private static String refusal(int code, String name, String body) throws Exception {
        HttpResponse<String> answer =
                SERVER.send("PATCH", MAPS + name + "?fieldManager=m", "application/apply-patch+yaml", body);
        assertEquals(code, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body()).path("message").asString();
    }

    private static String map(String fields) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"" + fields + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"metadata\":\"x\"|.metadata: expected map, got &{x}",
                "\"metadata\":[]|.metadata: expected map, got &{[]}",
                "\"metadata\":{\"labels\":{\"a\":1}}|.metadata.labels.a: expected string, got"
                        + " &value.valueUnstructured{Value:1}",
                "\"metadata\":{\"finalizers\":\"f\"}|.metadata.finalizers: expected list, got &{f}",
                "\"metadata\":{\"generation\":\"f\"}|.metadata.generation: expected numeric (int or float), got string",
                "\"data\":\"x\"|.data: expected map, got &{x}",
                "\"data\":{\"k\":[true]}|.data.k: expected string, got"
                        + " &value.valueUnstructured{Value:[]interface {}{true}}",
                "\"metadata\":{\"finalizers\":[null]}|.metadata.finalizers: element 0: associative list without keys has"
                        + " an element that's an explicit null",
                "\"metadata\":{\"finalizers\":[{}]}|.metadata.finalizers: element 0: associative list without keys has"
                        + " an element that's a map type",
                "\"metadata\":{\"ownerReferences\":[null]}|.metadata.ownerReferences: element 0: associative list with"
                        + " keys may not have a null element",
                "\"immutable\":{\"a\":1}|.immutable: expected boolean, got &{map[a:1]}"
            })
    void unfit(String fields, String why) throws Exception {
        for (String name : new String[] {"old", "new"}) {
            assertEquals(UNTYPED + why, refusal(500, name, map("," + fields)));
        }
    }

    @Test
    void nothingIsThereTwice() throws Exception {
        assertEquals(
                UNTYPED + ".metadata.finalizers: duplicate entries for key [=\"a/b\"]",
                refusal(500, "old", map(",\"metadata\":{\"finalizers\":[\"a/b\",\"a/b\"]}")));
        assertEquals(
                UNTYPED + ".metadata.ownerReferences: duplicate entries for key [uid=\"u\"]",
                refusal(500, "old", map(",\"metadata\":{\"ownerReferences\":[{\"uid\":\"u\"},{\"uid\":\"u\"}]}")));
    }

    @Test
    void wholeNumbersAreIntegers() throws Exception {
        String map =
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\"},\"spec\":{\"ports\":[{\"port\":%s}]}}";
        String services = "/api/v1/namespaces/default/services/s?fieldManager=m";
        HttpResponse<String> whole =
                SERVER.send("PATCH", services, "application/apply-patch+yaml", map.formatted("80.0"));
        assertEquals(201, whole.statusCode(), whole.body());
        HttpResponse<String> broken =
                SERVER.send("PATCH", services, "application/apply-patch+yaml", map.formatted("80.5"));
        assertEquals(500, broken.statusCode(), broken.body());
        assertEquals(
                "failed to convert new object (/s; /v1, Kind=Service) to proper version: unable to convert unstructured"
                        + " object to /v1, Kind=Service: cannot convert float64 to int32",
                Json.MAPPER.readTree(broken.body()).path("message").asString());
    }

    @Test
    void wholeNumbersOfYamlAreIntegers() throws Exception {
        HttpResponse<String> made = SERVER.send(
                "POST",
                "/api/v1/namespaces/default/services",
                "application/yaml",
                "metadata: {name: whole}\nspec: {ports: [{port: 8.0e1}]}\n");
        assertEquals(201, made.statusCode(), made.body());
    }

    @Test
    void whatStaysTheSameIsNoChange() throws Exception {
        String deployments = "/apis/apps/v1/namespaces/default/deployments";
        SERVER.json(
                201,
                "POST",
                deployments,
                "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":1,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":"
                        + "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}");
        HttpResponse<String> same = SERVER.send(
                "PATCH", deployments + "/d", "application/strategic-merge-patch+json", "{\"spec\":{\"replicas\":1.0}}");
        assertEquals(200, same.statusCode(), same.body());
        assertEquals(
                1, Json.MAPPER.readTree(same.body()).at("/metadata/generation").asInt());
    }

    @Test
    void endpointsAlwaysHaveConditions() throws Exception {
        assertEquals(
                "{}",
                SERVER.json(
                                201,
                                "POST",
                                "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
                                "{\"metadata\":{\"name\":\"e\"},\"addressType\":\"IPv4\",\"endpoints\":[{\"addresses\":[\"10.1.2.3\"]}]}")
                        .at("/endpoints/0/conditions")
                        .toString());
    }

    @Test
    void whatIsMadeHasAName() throws Exception {
        String message = "the name of the object (new based on URL) was undeterminable: name must be provided";
        assertEquals(message, refusal(400, "new", map("")));
        assertEquals(message, refusal(400, "new", map(",\"metadata\":null")));
    }

    @Test
    void whatIsThereNeedsNone() throws Exception {
        HttpResponse<String> answer =
                SERVER.send("PATCH", MAPS + "old?fieldManager=m", "application/apply-patch+yaml", map(""));
        assertEquals(200, answer.statusCode(), answer.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/, Kind=",
                "{\"kind\":\"ConfigMap\"}|/, Kind=ConfigMap",
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\"}|/v1, Kind=Secret",
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"ConfigMap\"}|apps/v1, Kind=ConfigMap"
            })
    void othersKinds(String body, String shown) throws Exception {
        assertEquals("invalid object type: " + shown, refusal(400, "old", body));
    }
}
