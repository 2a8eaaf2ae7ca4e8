package io.gantry.apiserver.webhook;

import static io.gantry.apiserver.webhook.HookAnswers.deny;
import static io.gantry.apiserver.webhook.HookAnswers.patch;
import static io.gantry.apiserver.webhook.HookAnswers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Webhook configurations as objects, their match conditions, and webhooks for definitions of custom resources.
@Timeout(60)
class WebhookConfigurationsTest extends WebhookedServer {
    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String SCHEMA = """
            "schema":{"openAPIV3Schema":{"type":"object","properties":{"data":{"type":"object","properties":{
             "start":{"type":"string"},"stage":{"type":"string"}}}}}}""";

    private String configuration(String path, String rules, String more) {
        return "{\"metadata\":{\"name\":\"" + path.substring(1) + "\",\"labels\":{\"own\":\"yes\"}},\"webhooks\":["
                + webhook(path, rules, more) + "]}";
    }

    private void validating(String path, String rules, String more) throws Exception {
        api.json(201, "POST", CONFIGS + "validatingwebhookconfigurations", configuration(path, rules, more));
    }

    private void mutating(String path, String rules, String more) throws Exception {
        api.json(201, "POST", CONFIGS + "mutatingwebhookconfigurations", configuration(path, rules, more));
    }

    @Test
    void definitionsAreDenied() throws Exception {
        hook.on("/crd", deny("no definitions"));
        validating("/crd", rules("CREATE", "apiextensions.k8s.io", "customresourcedefinitions"), "");
        String definition = """
                {"metadata":{"name":"others.example.net"},"spec":{"group":"example.net","scope":"Namespaced",
                 "names":{"plural":"others","kind":"Other"},"versions":[{"name":"v1","served":true,"storage":true,%s}]}}""".formatted(SCHEMA);
        HttpResponse<String> denied = createUntil(400, DEFINITIONS + "?dryRun=All", definition);
        assertEquals("admission webhook \"crd.example.com\" denied the request: no definitions", message(denied));
    }

    @Test
    void matchConditionsExclude() throws Exception {
        hook.on("/cond", deny("seen"));
        validating(
                "/cond",
                rules("CREATE", "", "configmaps"),
                "\"matchConditions\":[{\"name\":\"not-skipped\",\"expression\":"
                        + "\"object.metadata.name != 'skipped'\"}]");
        HttpResponse<String> denied = createUntil(400, MAPS + "?dryRun=All", "{\"metadata\":{\"name\":\"seen\"}}");
        assertTrue(message(denied).endsWith("denied the request: seen"));
        api.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"skipped\"}}");
        String path = CONFIGS + "validatingwebhookconfigurations/cond";
        api.patch(
                200,
                path,
                "{\"webhooks\":["
                        + webhook(
                                "/cond",
                                rules("CREATE", "", "configmaps"),
                                "\"matchConditions\":[{\"name\":\"none\",\"expression\":\"false\"}]")
                        + "]}");
        createUntil(201, MAPS, "{\"metadata\":{\"name\":\"seen\"}}");
    }

    @Test
    void matchConditionsMustCompile() throws Exception {
        for (String plural : new String[] {"validatingwebhookconfigurations", "mutatingwebhookconfigurations"}) {
            JsonNode refused = api.json(
                    422,
                    "POST",
                    CONFIGS + plural,
                    configuration(
                            "/bad",
                            rules("CREATE", "", "configmaps"),
                            "\"matchConditions\":[{\"name\":\"bad\",\"expression\":\"... [] bad expression\"}]"));
            assertTrue(
                    refused.path("message").asString().contains("compilation failed"),
                    refused.path("message").asString());
        }
    }

    @Test
    void configurationsAreUpdatedListedAndDeletedTogether() throws Exception {
        hook.on("/v", deny("no")).on("/m", patch("[{\"op\":\"add\",\"path\":\"/data\",\"value\":{\"m\":\"1\"}}]"));
        mutating("/m", rules("CREATE", "", "configmaps"), "");
        Awaitility.await()
                .until(() -> api.json(201, "POST", MAPS, "{\"metadata\":{\"generateName\":\"a\"}}")
                        .path("data")
                        .has("m"));
        String own = "?labelSelector=own%3Dyes";
        String mutating = CONFIGS + "mutatingwebhookconfigurations";
        assertEquals(1, api.json(200, "GET", mutating + own, "").path("items").size());
        HttpResponse<String> patched = api.send(
                "PATCH",
                mutating + "/m",
                "application/json-patch+json",
                "[{\"op\":\"replace\",\"path\":\"/webhooks/0/rules/0/operations\",\"value\":[\"UPDATE\"]}]");
        assertEquals(200, patched.statusCode(), patched.body());
        Awaitility.await()
                .until(() -> !api.json(201, "POST", MAPS, "{\"metadata\":{\"generateName\":\"a\"}}")
                        .path("data")
                        .has("m"));
        validating("/v", rules("CREATE", "", "configmaps"), "");
        createUntil(400, MAPS, "{\"metadata\":{\"generateName\":\"a\"}}");
        String validating = CONFIGS + "validatingwebhookconfigurations";
        api.json(200, "DELETE", validating + own, "");
        assertEquals(0, api.json(200, "GET", validating + own, "").path("items").size());
        createUntil(201, MAPS, "{\"metadata\":{\"generateName\":\"a\"}}");
    }

    @Test
    void discoveryNamesTheConfigurations() throws Exception {
        assertEquals(
                "admissionregistration.k8s.io/v1",
                api.json(200, "GET", "/apis/admissionregistration.k8s.io", "")
                        .path("preferredVersion")
                        .path("groupVersion")
                        .asString());
        String resources = api.json(200, "GET", "/apis/admissionregistration.k8s.io/v1", "")
                .toString();
        assertTrue(resources.contains("\"mutatingwebhookconfigurations\""));
        assertTrue(resources.contains("\"validatingwebhookconfigurations\""));
    }
}
