package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The metrics that upstream calls stable, under their names and labels.
class StableMetricsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @AutoClose
    private static final LocalServer SERVER = new LocalServer();

    private static String metrics() throws Exception {
        return SERVER.send("GET", "/metrics", "text/plain", "").body();
    }

    private static void has(String metrics, String line) {
        assertTrue(
                Pattern.compile("^" + line, Pattern.MULTILINE).matcher(metrics).find(), line + " in\n" + metrics);
    }

    @Test
    void requestsAdmissionStorageAndHealth() throws Exception {
        SERVER.json(201, "POST", MAPS, "{\"metadata\":{\"name\":\"m\"}}");
        SERVER.json(200, "GET", MAPS, "");
        SERVER.json(200, "GET", "/api/v1/namespaces/default/endpoints", "");
        SERVER.send("GET", "/readyz", "text/plain", "");
        String found = metrics();
        String map =
                "group=\"\",resource=\"configmaps\",scope=\"namespace\",subresource=\"\",verb=\"LIST\",version=\"v1\"";
        for (String line : List.of(
                "apiserver_response_sizes_count\\{component=\"apiserver\"," + map + "} 1",
                "apiserver_admission_step_admission_duration_seconds_count\\{operation=\"CREATE\",rejected=\"false\","
                        + "type=\"admit\"} \\d",
                "apiserver_admission_controller_admission_duration_seconds_bucket\\{name=\"ValidatingAdmissionPolicy\","
                        + "operation=\"CREATE\",rejected=\"false\",type=\"validate\",le=\"2.5\"} \\d",
                "apiserver_storage_objects\\{resource=\"configmaps\"} [1-9]",
                "apiserver_storage_objects\\{resource=\"deployments.apps\"} 0",
                "apiserver_resource_objects\\{group=\"apps\",resource=\"deployments\"} 0",
                "apiserver_requested_deprecated_apis\\{group=\"\",removed_release=\"\",resource=\"endpoints\","
                        + "subresource=\"\",version=\"v1\"} 1",
                "kubernetes_healthcheck\\{name=\"ping\",type=\"readyz\"} 1",
                "kubernetes_healthchecks_total\\{name=\"ping\",status=\"success\",type=\"readyz\"} 1",
                "apiserver_request_duration_seconds_count\\{",
                "apiserver_request_sli_duration_seconds_count\\{",
                "apiserver_request_total\\{",
                "apiserver_current_inflight_requests\\{")) {
            has(found, line);
        }
    }

    @Test
    void watchesAreCountedWhileTheyLast() throws Exception {
        String count = "apiserver_longrunning_requests{component=\"apiserver\",group=\"\",resource=\"configmaps\","
                + "scope=\"namespace\",subresource=\"\",verb=\"WATCH\",version=\"v1\"} ";
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(SERVER.uri(MAPS + "?watch=true")).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, answer.statusCode());
            assertTrue(metrics().contains(count + "1"));
            answer.body().close();
            Awaitility.await().untilAsserted(() -> assertTrue(metrics().contains(count + "0")));
        }
    }

    @Test
    void policiesAreCounted() throws Exception {
        String base = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolic";
        SERVER.json(201, "POST", base + "ies", """
                {"metadata":{"name":"short"},"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":[""],"apiVersions":
                ["v1"],"operations":["CREATE"],"resources":["secrets"]}]},
                "validations":[{"expression":"size(object.metadata.name) < 5"}]}}""");
        SERVER.json(
                201,
                "POST",
                base + "ybindings",
                "{\"metadata\":{\"name\":\"all\"},\"spec\":{\"policyName\":\"short\",\"validationActions\":[\"Deny\"]}}");
        String secrets = "/api/v1/namespaces/default/secrets?dryRun=All";
        Awaitility.await()
                .untilAsserted(() -> assertEquals(
                        422,
                        SERVER.send("POST", secrets, "application/json", "{\"metadata\":{\"name\":\"longer\"}}")
                                .statusCode()));
        SERVER.json(201, "POST", secrets, "{\"metadata\":{\"name\":\"abc\"}}");
        String found = metrics();
        String rest = "error_type=\"no_error\",policy=\"short\",policy_binding=\"all\"} [1-9]";
        has(found, "apiserver_validating_admission_policy_check_total\\{enforcement_action=\"deny\"," + rest);
        has(found, "apiserver_validating_admission_policy_check_total\\{enforcement_action=\"allow\"," + rest);
        has(
                found,
                "apiserver_validating_admission_policy_check_duration_seconds_count\\{enforcement_action=\"deny\","
                        + rest);
        has(
                found,
                "apiserver_admission_controller_admission_duration_seconds_count\\{name=\"ValidatingAdmissionPolicy\","
                        + "operation=\"CREATE\",rejected=\"true\",type=\"validate\"} [1-9]");
    }
}
