package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gantry.api.Json;
import io.gantry.apiserver.LocalServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What updates and patches may say in the metadata (upstream `rest.BeforeUpdate`).
class UpdatedMetadataTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    private static ObjectNode made(String name) throws Exception {
        String body = "{\"metadata\":{\"name\":\"%s\",\"generateName\":\"g\"}}".formatted(name);
        return (ObjectNode) SERVER.json(201, "POST", MAPS, body);
    }

    private static ObjectNode metadata(ObjectNode object) {
        return (ObjectNode) object.path("metadata");
    }

    @Test
    void aPatchOfTheUidIsNoValidChange() throws Exception {
        made("patched");
        JsonNode refused = SERVER.patch(422, MAPS + "/patched", "{\"metadata\":{\"uid\":\"abc\"}}");
        assertEquals(
                "ConfigMap \"patched\" is invalid: metadata.uid: Invalid value: \"abc\": field is immutable",
                refused.path("message").asString());
    }

    @Test
    void aJsonPatchThatDoesNotApplyIsNotTalkedAbout() throws Exception {
        made("bare");
        String patch = "[{\"op\":\"add\",\"path\":\"/metadata/labels/a\",\"value\":\"b\"}]";
        var answer = SERVER.send("PATCH", MAPS + "/bare", "application/json-patch+json", patch);
        assertEquals(
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"the server rejected our request due to an error in our request\","
                        + "\"reason\":\"Invalid\",\"details\":{},\"code\":422}",
                answer.body().strip());
    }

    @Test
    void aPutOfAnotherUidIsAConflict() throws Exception {
        ObjectNode object = made("put");
        metadata(object).put("uid", "abc");
        JsonNode refused = SERVER.json(409, "PUT", MAPS + "/put", object.toString());
        assertEquals("Conflict", refused.path("reason").asString());
    }

    @Test
    void changesOfAPodTemplateAreCounted() throws Exception {
        String templates = "/api/v1/namespaces/default/podtemplates";
        String body = "{\"metadata\":{\"name\":\"counted\"},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                + "\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"a\"}]}}}";
        ObjectNode object = (ObjectNode) SERVER.json(201, "POST", templates, body);
        assertEquals(1, metadata(object).path("generation").asInt());
        String patch = "{\"template\":{\"metadata\":{\"labels\":{\"a\":\"c\"}}}}";
        ObjectNode changed = (ObjectNode) SERVER.patch(200, templates + "/counted", patch);
        assertEquals(2, metadata(changed).path("generation").asInt());
    }

    @Test
    void nobodySaysThatAnObjectIsBeingDeleted() throws Exception {
        ObjectNode object = made("deleted");
        metadata(object).put("deletionTimestamp", "2026-01-01T00:00:00Z").put("deletionGracePeriodSeconds", 1);
        JsonNode refused = SERVER.json(422, "PUT", MAPS + "/deleted", object.toString());
        assertEquals(2, refused.path("details").path("causes").size(), refused.toString());
    }

    @Test
    void whatIsLeftOutStays() throws Exception {
        ObjectNode object = made("short");
        String uid = metadata(object).path("uid").asString();
        String body = "{\"metadata\":{\"name\":\"short\",\"creationTimestamp\":null,\"deletionTimestamp\":null}}";
        JsonNode updated = SERVER.json(200, "PUT", MAPS + "/short", body).path("metadata");
        assertEquals(uid, updated.path("uid").asString());
        assertEquals(metadata(object).path("creationTimestamp"), updated.path("creationTimestamp"));
        assertFalse(updated.has("deletionTimestamp"));
        assertFalse(updated.has("generateName"));
    }

    @ParameterizedTest
    @CsvSource({
        "/apis/policy/v1/namespaces/default/,poddisruptionbudgets,policy,'{\"spec\":{\"maxUnavailable\":1}}'",
        "/apis/admissionregistration.k8s.io/v1/,validatingwebhookconfigurations,admissionregistration.k8s.io,'{}'",
        "/apis/admissionregistration.k8s.io/v1/,mutatingwebhookconfigurations,admissionregistration.k8s.io,'{}'",
        "/apis/storage.k8s.io/v1/,csidrivers,storage.k8s.io,'{\"spec\":{}}'",
        "/apis/storage.k8s.io/v1/,csinodes,storage.k8s.io,'{\"spec\":{\"drivers\":[]}}'",
        "/apis/node.k8s.io/v1/,runtimeclasses,node.k8s.io,'{\"handler\":\"a\"}'"
    })
    void someNeedTheirVersion(String root, String plural, String group, String more) throws Exception {
        ObjectNode body = (ObjectNode) Json.MAPPER.readTree(more);
        body.putObject("metadata").put("name", "blind");
        SERVER.json(201, "POST", root + plural, body.toString());
        JsonNode refused = SERVER.json(422, "PUT", root + plural + "/blind", body.toString());
        assertEquals(
                plural + "." + group + " \"blind\" is invalid: metadata.resourceVersion: Invalid value: 0:"
                        + " must be specified for an update",
                refused.path("message").asString());
        assertEquals(plural, refused.path("details").path("kind").asString());
    }

    @Test
    void anOwnerThatIsNamedTwiceIsKeptOnce() throws Exception {
        String owner = "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"name\":\"n\",\"uid\":\"%s\"}";
        String owners = "\"ownerReferences\":[%1$s,%2$s,%1$s]".formatted(owner.formatted("1"), owner.formatted("2"));
        var created = SERVER.send(
                "POST", MAPS, "application/json", "{\"metadata\":{\"name\":\"owned\",%s}}".formatted(owners));
        assertEquals(201, created.statusCode());
        assertEquals(
                "299 - \".metadata.ownerReferences contains duplicate entries; API server dedups owner references in"
                        + " 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate"
                        + " UID(s) observed: 1\"",
                created.headers().firstValue("warning").orElse(""));
        JsonNode patched = SERVER.patch(200, MAPS + "/owned", "{\"metadata\":{%s}}".formatted(owners));
        assertEquals(2, patched.at("/metadata/ownerReferences").size());
    }

    @Test
    void aPutSaysItsName() throws Exception {
        made("named");
        JsonNode refused = SERVER.json(400, "PUT", MAPS + "/named", "{\"data\":{\"a\":\"b\"}}");
        assertEquals(
                "the name of the object (named based on URL) was undeterminable: name must be provided",
                refused.path("message").asString());
    }

    @Test
    void anUpdateThatLeavesTheSpecAloneWarnsOfNothingInIt() throws Exception {
        String template = "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"nodeSelector\":{"
                + "\"beta.kubernetes.io/os\":\"linux\"},\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
        String path = "/apis/apps/v1/namespaces/default/deployments";
        String body = "{\"metadata\":{\"name\":\"old\",\"labels\":{\"l\":\"%s\"}},\"spec\":{\"replicas\":%s,"
                + "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":" + template + "}}";
        assertEquals(1, warnings("POST", path, body.formatted("1", "1")));
        assertEquals(0, warnings("PUT", path + "/old", body.formatted("2", "1")));
        assertEquals(1, warnings("PUT", path + "/old", body.formatted("2", "2")));
    }

    private static int warnings(String method, String path, String body) throws Exception {
        return SERVER.send(method, path, "application/json", body)
                .headers()
                .allValues("warning")
                .size();
    }
}
