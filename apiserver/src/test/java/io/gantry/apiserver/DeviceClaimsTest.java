package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.admission.DeviceChecks;
import io.gantry.apiserver.objects.CacheReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Claims of devices on a server: expressions, administrators and the status.
class DeviceClaimsTest {
    private static final String GROUP = "/apis/resource.k8s.io/v1/";
    private static final String CLAIMS = GROUP + "namespaces/default/resourceclaims";
    private static final String RESULT = "{'request':'r','driver':'d.test','pool':'p','device':'a'}";

    @AutoClose
    private static final LocalServer SERVER =
            new LocalServer(objects -> secured(new DeviceChecks(new CacheReader(objects.resources()))));

    private static Security secured(DeviceChecks checks) {
        Security none = Security.none();
        return new Security(
                none.authenticator(),
                none.authorizer(),
                List.of(checks),
                none.posts(),
                none.documents(),
                none.bootstrap(),
                none.refresh(),
                Optional.empty(),
                Optional.empty());
    }

    @BeforeAll
    static void namespaces() throws Exception {
        post(
                201,
                "/api/v1/namespaces",
                "{'metadata':{'name':'admins','labels':{'resource.kubernetes.io/admin-access':'true'}}}");
    }

    private static JsonNode post(int status, String path, String body) throws Exception {
        return SERVER.json(status, "POST", path, body.replace('\'', '"'));
    }

    private static JsonNode put(int status, String path, String body) throws Exception {
        return SERVER.json(status, "PUT", path, body.replace('\'', '"'));
    }

    private static String claim(String name, String exactly, String status) {
        return "{'metadata':{'name':'" + name + "'},'spec':{'devices':{'requests':[{'name':'r','exactly':{"
                + "'deviceClassName':'gpu'" + exactly + "}}]}},'status':{" + status + "}}";
    }

    private static String selector(String expression) {
        return ",'selectors':[{'cel':{'expression':'" + expression.replace("\"", "\\\"") + "'}}]";
    }

    /// @param error how the message ends that refuses it; empty where it is taken
    record Expression(String source, String error) {}

    static List<Expression> expressions() {
        String loop = "device.attributes.all(a, device.attributes.all(b, device.attributes.all(c,"
                + " device.attributes.all(d, a == b && c == d))))";
        return List.of(
                new Expression("device.driver == \"d.test\"", ""),
                new Expression("device.attributes[\"d.test\"].big", ""),
                new Expression("device.attributes[\"d.test\"].name.matches(\"a.*\")", ""),
                new Expression("device.capacity[\"d.test\"].memory.compareTo(quantity(\"1Gi\")) >= 0", ""),
                new Expression("cel.bind(d, device.attributes[\"d.test\"], d.big && d.fast)", ""),
                new Expression("device.driver", "must evaluate to bool or the unknown type, not string"),
                new Expression(loop, "Forbidden: too complex, exceeds cost limit"),
                new Expression("nothing", "undeclared reference to 'nothing' (in container '')\n | nothing\n | ^"));
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void expressionsCompileAndAreCheap(Expression test) throws Exception {
        String body = claim("", selector(test.source()), "").replace("'name':''", "'generateName':'c-'");
        JsonNode answer = post(test.error().isEmpty() ? 201 : 422, CLAIMS, body);
        if (!test.error().isEmpty()) {
            JsonNode cause = answer.path("details").path("causes").path(0);
            assertEquals(
                    "spec.devices.requests[0].exactly.selectors[0].cel.expression",
                    cause.path("field").asString(""));
            String message = cause.path("message").asString("");
            assertTrue(message.endsWith(test.error()), message);
        }
    }

    @Test
    void classesCompileToo() throws Exception {
        String body = "{'metadata':{'name':'gpu'},'spec':{'selectors':[{'cel':{'expression':'1'}}]}}";
        assertTrue(post(422, GROUP + "deviceclasses", body)
                .path("message")
                .asString("")
                .contains("spec.selectors[0].cel.expression: Invalid value: \"1\": must evaluate to bool"));
        post(201, GROUP + "deviceclasses", body.replace("'1'", "'true'"));
    }

    @Test
    void administratorsHaveNamespacesOfTheirOwn() throws Exception {
        String body = claim("admin", ",'adminAccess':true", "");
        assertTrue(post(422, CLAIMS, body)
                .path("message")
                .asString("")
                .endsWith("spec.devices.requests[0].adminAccess: Forbidden: admin access to devices requires the"
                        + " `resource.kubernetes.io/admin-access: true` label on the containing namespace"));
        post(201, CLAIMS.replace("default", "admins"), body);
    }

    @Test
    void theStatusIsAllocatedOnce() throws Exception {
        String allocated = "'allocation':{'devices':{'results':[" + RESULT + "]}}";
        String said = ",'devices':[{'driver':'d.test','pool':'p','device':'a','data':{'a':1}}]";
        JsonNode made = post(201, CLAIMS, claim("one", "", allocated));
        assertTrue(made.path("status").isEmpty(), made.toString());
        assertEquals(
                1,
                made.path("spec")
                        .path("devices")
                        .path("requests")
                        .path(0)
                        .path("exactly")
                        .path("count")
                        .intValue());
        String path = CLAIMS + "/one/status";
        JsonNode now = put(200, path, claim("one", ",'adminAccess':true", allocated + said));
        assertEquals(made.path("spec"), now.path("spec"));
        assertEquals(1, now.path("status").path("devices").size());
        assertTrue(put(422, path, claim("one", "", allocated.replace("'a'", "'b'")))
                .path("message")
                .asString("")
                .endsWith(": field is immutable"));
        put(422, path, claim("one", "", "'reservedFor':[{'resource':'pods','name':'p','uid':'u'}]"));
        assertTrue(put(200, path, claim("one", "", said.substring(1)))
                .path("status")
                .isEmpty());
        assertTrue(put(422, CLAIMS + "/one", claim("one", ",'count':2", ""))
                .path("message")
                .asString("")
                .endsWith(": field is immutable"));
        put(422, path, claim("one", "", allocated.replace("'device':'a'", "'device':'a','adminAccess':true")));
    }
}
