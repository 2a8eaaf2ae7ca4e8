package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import io.gantry.component.pki.CertificateRequests;
import io.gantry.component.pki.KeyPairs;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is sent to subresources is of the object of the URL, and says only what the subresource is for. The answers are
/// those of kube-apiserver 1.36.1.
class SubresourceBodiesTest {
    private static final String CORE = "/api/v1/namespaces/default/";
    private static final String REQUESTS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    @BeforeAll
    static void objects() throws Exception {
        SERVER.json(201, "POST", "/api/v1/namespaces", "{'metadata':{'name':'n'}}".replace('\'', '"'));
        String template = "{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}";
        SERVER.json(
                201,
                "POST",
                CORE + "replicationcontrollers",
                ("{'metadata':{'name':'r'},'spec':{'selector':{'a':'b'},'template':" + template + "}}")
                        .replace('\'', '"'));
        SERVER.json(
                201,
                "POST",
                CORE + "pods",
                "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}".replace('\'', '"'));
        String pem = CertificateRequests.create(KeyPairs.ec(), "u", List.of("g"), List.of(), List.of());
        ObjectNode request = Json.MAPPER.createObjectNode();
        request.putObject("metadata").put("name", "q");
        request.putObject("spec")
                .put("signerName", "example.com/s")
                .put("request", Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)))
                .putArray("usages")
                .add("client auth");
        SERVER.json(201, "POST", REQUESTS, request.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT|/api/v1/namespaces/n/finalize|{'metadata':{'name':'z'}}|the name of the object (z) does not match the name on the URL (n)",
                "PUT|/api/v1/namespaces/n/finalize|{}|the name of the object (n based on URL) was undeterminable: name must be provided",
                "PUT|/api/v1/namespaces/default/replicationcontrollers/r/scale|{'metadata':{'name':'z'},'spec':{'replicas':3}}|the name of the object (z) does not match the name on the URL (r)",
                "PUT|/api/v1/namespaces/default/replicationcontrollers/r/scale|{'spec':{'replicas':3}}|the name of the object (r based on URL) was undeterminable: name must be provided",
                "POST|/api/v1/namespaces/default/pods/p/eviction|{'metadata':{'name':'p','namespace':'z'}}|the namespace of the provided object does not match the namespace sent on the request",
                "POST|/api/v1/namespaces/default/pods/p/binding|{'metadata':{'name':'z'},'target':{'name':'n'}}|name in URL does not match name in Binding object",
            })
    void areOfTheObject(String method, String path, String body, String message) throws Exception {
        JsonNode refused = SERVER.json(400, method, path, body.replace('\'', '"'));
        assertEquals(message, refused.path("message").asString(""));
    }

    @Test
    void podsAreBoundToNodes() throws Exception {
        JsonNode refused = SERVER.json(
                400,
                "POST",
                CORE + "pods/p/binding",
                "{'metadata':{'name':'p'},'target':{'kind':'Zork','name':'n'}}".replace('\'', '"'));
        assertTrue(refused.path("message").asString("").contains("target.kind: Unsupported value"), refused.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "status|{'type':'Approved','status':'True'}|status.conditions: Forbidden: updates may not add a condition of type \"Approved\"",
                "approval|{'type':'Approved','status':'False'}|status.conditions[0].status: Unsupported value: \"False\": supported values: \"True\"",
                "approval|{'type':'Zork'}|status.conditions[0].status: Required value",
                "approval|{'type':'Denied','status':'True'},{'type':'Approved','status':'True'}|status.conditions: Invalid value: \"Approved\": Approved and Denied conditions are mutually exclusive",
                "approval|{'type':'A','status':'True'},{'type':'A','status':'True'}|status.conditions[1].type: Duplicate value: \"A\"",
            })
    void requestsAreDecidedByTheApproval(String subresource, String conditions, String fault) throws Exception {
        assertEquals(fault, fault(update(422, "q", subresource, conditions)));
    }

    @Test
    void decisionsStay() throws Exception {
        JsonNode stored = SERVER.json(200, "GET", REQUESTS + "/q", "");
        ((ObjectNode) stored.path("metadata")).put("name", "r").remove(List.of("uid", "resourceVersion"));
        SERVER.json(201, "POST", REQUESTS, stored.toString());
        update(200, "r", "approval", "{'type':'Approved','status':'True'}");
        JsonNode approved =
                update(200, "r", "status", "{'type':'Approved','status':'True'},{'type':'Failed','status':'True'}");
        assertEquals(2, approved.at("/status/conditions").size(), approved::toString);
        String removed = "status.conditions: Forbidden: updates may not remove a condition of type \"Approved\"";
        assertEquals(removed, fault(update(422, "r", "approval", "")));
        assertEquals(removed, fault(update(422, "r", "status", "")));
    }

    private static JsonNode update(int code, String name, String subresource, String conditions) throws Exception {
        JsonNode stored = SERVER.json(200, "GET", REQUESTS + "/" + name, "");
        String status = "{'conditions':[" + conditions + "]}";
        ((ObjectNode) stored).set("status", Json.MAPPER.readTree(status.replace('\'', '"')));
        return SERVER.json(code, "PUT", REQUESTS + "/" + name + "/" + subresource, stored.toString());
    }

    private static String fault(JsonNode refusal) {
        JsonNode cause = refusal.path("details").path("causes").path(0);
        return cause.path("field").asString("") + ": " + cause.path("message").asString("");
    }
}
