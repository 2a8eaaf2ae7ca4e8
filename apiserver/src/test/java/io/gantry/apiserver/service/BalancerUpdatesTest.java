package io.gantry.apiserver.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.LocalServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a balanced Service may change, and which node ports it keeps.
class BalancerUpdatesTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    private static ObjectNode made(String name, String more) throws Exception {
        String body = "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"type\":\"LoadBalancer\"," + more
                + "\"ports\":[{\"name\":\"a\",\"port\":80},{\"name\":\"b\",\"port\":81}]}}";
        return (ObjectNode) SERVER.json(201, "POST", SERVICES, body);
    }

    private static JsonNode put(int code, ObjectNode service) throws Exception {
        String name = service.path("metadata").path("name").asString();
        return SERVER.json(code, "PUT", SERVICES + "/" + name, service.toString());
    }

    private static int nodePort(JsonNode service, int index) {
        return service.path("spec").path("ports").path(index).path("nodePort").asInt(0);
    }

    private static ObjectNode port(ObjectNode service, int index) {
        return (ObjectNode) service.path("spec").path("ports").get(index);
    }

    @ParameterizedTest
    @CsvSource({"set,'\"loadBalancerClass\":\"a.b/c\",','\"a.b/d\"'", "added,'','\"a.b/d\"'"})
    void itsClassStays(String name, String given, String changed) throws Exception {
        ObjectNode service = made(name, given);
        service.withObject("/spec").put("loadBalancerClass", changed.replace("\"", ""));
        JsonNode refusal = put(422, service);
        assertEquals(
                "Service \"" + name
                        + "\" is invalid: spec.loadBalancerClass: Invalid value: \"a.b/d\": may not change once set",
                refusal.path("message").asString());
    }

    @Test
    void itsClassIsAName() throws Exception {
        String body =
                "{\"metadata\":{\"name\":\"odd\"},\"spec\":{\"type\":\"LoadBalancer\",\"loadBalancerClass\":\"a b\","
                        + "\"ports\":[{\"port\":80}]}}";
        assertTrue(SERVER.json(422, "POST", SERVICES, body)
                .path("message")
                .asString()
                .contains("spec.loadBalancerClass: Invalid value: \"a b\": name part must"));
    }

    @Test
    void nodePortsAreGivenBackWhereNoneAreWanted() throws Exception {
        ObjectNode service = made("back", "");
        int kept = nodePort(service, 1);
        assertNotEquals(0, nodePort(service, 0));
        service.withObject("/spec").put("allocateLoadBalancerNodePorts", false);
        port(service, 0).put("nodePort", 0);
        JsonNode updated = put(200, service);
        assertEquals(0, nodePort(updated, 0));
        assertEquals(kept, nodePort(updated, 1));
    }

    @Test
    void aPolicyGoesWithTheAddressesFromOutside() throws Exception {
        String body =
                "{\"metadata\":{\"name\":\"outside\"},\"spec\":{\"externalIPs\":[\"10.1.1.1\"],\"ports\":[{\"port\":80}]}}";
        ObjectNode service = (ObjectNode) SERVER.json(201, "POST", SERVICES, body);
        assertEquals(
                "Cluster", service.path("spec").path("externalTrafficPolicy").asString());
        service.withObject("/spec").putArray("externalIPs");
        assertTrue(put(200, service).path("spec").path("externalTrafficPolicy").isMissingNode());
    }

    @Test
    void aPortThatIsAllocatedByAnUpdateBelongsToNobody() throws Exception {
        String body = "{\"metadata\":{\"name\":\"later\"},\"spec\":{\"ports\":[{\"port\":80}]}}";
        ObjectNode service = (ObjectNode) SERVER.json(201, "POST", SERVICES, body);
        service.withObject("/spec").put("type", "NodePort");
        JsonNode updated = put(200, service);
        assertNotEquals(0, nodePort(updated, 0));
        assertFalse(updated.path("metadata").path("managedFields").toString().contains("f:nodePort"));
    }

    @Test
    void whatTheRulesDropStaysItsOwners() throws Exception {
        made("dropped", "\"allocateLoadBalancerNodePorts\":true,");
        JsonNode patched =
                SERVER.patch(200, SERVICES + "/dropped?fieldManager=zebra", "{\"spec\":{\"type\":\"NodePort\"}}");
        assertFalse(patched.path("spec").has("allocateLoadBalancerNodePorts"));
        JsonNode owners = patched.path("metadata").path("managedFields");
        assertTrue(owners.get(0).path("fieldsV1").path("f:spec").has("f:allocateLoadBalancerNodePorts"));
        assertEquals(
                "{\"f:spec\":{\"f:type\":{}}}", owners.get(1).path("fieldsV1").toString());
    }

    @Test
    void theAddressOfAServiceCanBeChanged() throws Exception {
        String ip = made("addressed", "").path("spec").path("clusterIP").asString();
        String path = "/apis/networking.k8s.io/v1/ipaddresses/" + ip;
        JsonNode labelled = SERVER.patch(200, path, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        assertEquals("b", labelled.path("metadata").path("labels").path("a").asString());
        assertFalse(labelled.path("spec").path("parentRef").has("group"));
        SERVER.json(200, "PUT", path, labelled.toString().replace("\"parentRef\":{", "\"parentRef\":{\"group\":\"\","));
    }

    @Test
    void aPortKeepsItsNodePortByItsName() throws Exception {
        ObjectNode service = made("named", "");
        int before = nodePort(service, 0);
        port(service, 0).put("port", 8080).remove("nodePort");
        assertEquals(before, nodePort(put(200, service), 0));
    }
}
