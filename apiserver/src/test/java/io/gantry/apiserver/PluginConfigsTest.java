package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.apiserver.admission.PluginConfigException;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.admission.podsecurity.PodSecurity;
import io.gantry.apiserver.objects.CacheReader;
import io.gantry.component.Flags;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `--admission-control-config-file`.
class PluginConfigsTest {
    private static final String CONFIG = """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AdmissionConfiguration
            plugins:
            - name: PodSecurity
              configuration:
                apiVersion: pod-security.admission.config.k8s.io/v1
                kind: PodSecurityConfiguration
                defaults: {enforce: baseline, warn: restricted, warn-version: v1.30}
                exemptions: {namespaces: [free], usernames: [], runtimeClasses: [sandboxed]}
            - name: EventRateLimit
              configuration:
                apiVersion: eventratelimit.admission.k8s.io/v1alpha1
                kind: Configuration
                limits: [{type: Namespace, qps: 1, burst: 2}]
            - name: PodNodeSelector
              path: selectors.yaml
            - name: PodTolerationRestriction
              configuration:
                apiVersion: podtolerationrestriction.admission.k8s.io/v1alpha1
                kind: Configuration
                default: [{key: a, operator: Exists}]
                whitelist: [{key: a, operator: Exists}]
            """;

    @TempDir
    private Path folder;

    private AdmissionFlags flags(String text, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("admission.yaml"), text);
        Files.writeString(
                folder.resolve("selectors.yaml"),
                "podNodeSelectorPluginConfig: {clusterDefaultNodeSelector: disk=ssd, free: 'disk=ssd,zone=a'}");
        List<String> arguments = new ArrayList<>(List.of("--admission-control-config-file=" + file));
        arguments.addAll(List.of(more));
        return AdmissionFlags.parse(Flags.parse(arguments.toArray(String[]::new)));
    }

    private static Security security(ServerObjects objects, PluginConfigs configs) {
        Security none = Security.none();
        return new Security(
                none.authenticator(),
                none.authorizer(),
                List.of(PluginConfigException.naming(
                        "PodSecurity", () -> new PodSecurity(new CacheReader(objects.resources()), configs))),
                none.posts(),
                none.documents(),
                none.bootstrap(),
                none.refresh(),
                Optional.empty(),
                Optional.empty());
    }

    private static String pod(String name, String more) {
        return "{'metadata':{'name':'%s'},'spec':{%s'containers':[{'name':'c','image':'a'}]}}"
                .formatted(name, more)
                .replace('\'', '"');
    }

    @Test
    void pluginsDoAsTheFileSays() throws Exception {
        AdmissionFlags flags =
                flags(CONFIG, "--enable-admission-plugins=EventRateLimit,PodNodeSelector,PodTolerationRestriction");
        try (LocalServer server = new LocalServer(flags, objects -> security(objects, flags.configs()))) {
            String pods = "/api/v1/namespaces/default/pods";
            JsonNode refused = server.json(403, "POST", pods, pod("a", "'hostNetwork':true,"));
            assertTrue(
                    refused.path("message").asString().contains("violates PodSecurity \"baseline:latest\": host"),
                    refused.toString());
            HttpResponse<String> made = server.send("POST", pods, "application/json", pod("a", ""));
            assertEquals(201, made.statusCode(), made.body());
            assertTrue(
                    made.headers().firstValue("warning").orElse("").contains("PodSecurity \\\"restricted:v1.30\\\""),
                    made.headers().toString());
            assertTrue(made.body().contains("\"nodeSelector\":{\"disk\":\"ssd\"}"), made.body());
            assertTrue(made.body().contains("\"tolerations\":[{\"key\":\"a\",\"operator\":\"Exists\"}]"), made.body());
            assertTrue(server.json(500, "POST", pods, pod("b", "'tolerations':[{'key':'b','operator':'Exists'}],"))
                    .path("message")
                    .asString()
                    .endsWith("conflict with its cluster whitelist"));
            free(server);
            events(server);
        }
    }

    private static final String LIMITED = """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AdmissionConfiguration
            plugins:
            - name: ResourceQuota
              configuration:
                apiVersion: apiserver.config.k8s.io/v1
                kind: ResourceQuotaConfiguration
                limitedResources:
                - resource: pods
                  matchContains: [pods]
                - resource: persistentvolumeclaims
                  matchContains: [.storageclass.storage.k8s.io/requests.storage]
                - resource: pods
                  matchScopes: [{scopeName: PriorityClass, operator: In, values: [cluster-services]}]
            """;

    private static String message(JsonNode answer) {
        return answer.path("message").asString();
    }

    @Test
    void whatIsLimitedNeedsAQuota() throws Exception {
        AdmissionFlags flags = flags(LIMITED);
        try (LocalServer server = new LocalServer(flags, objects -> Security.none())) {
            String namespace = "/api/v1/namespaces/default/";
            assertEquals(
                    "pods \"a\" is forbidden: insufficient quota to consume: count/pods,pods",
                    message(server.json(403, "POST", namespace + "pods", pod("a", ""))));
            String claim = "{'metadata':{'name':'c'},'spec':{'storageClassName':'%s','accessModes':['ReadWriteOnce'],"
                    + "'resources':{'requests':{'storage':'1Gi'}}}}";
            assertEquals(
                    "persistentvolumeclaims \"c\" is forbidden: insufficient quota to consume:"
                            + " gold.storageclass.storage.k8s.io/requests.storage",
                    message(server.json(
                            403,
                            "POST",
                            namespace + "persistentvolumeclaims",
                            claim.formatted("gold").replace('\'', '"'))));
            server.json(
                    201,
                    "POST",
                    namespace + "persistentvolumeclaims",
                    claim.formatted("").replace('\'', '"'));
            quota(server, "'pods':'9','count/pods':'9'", "'pods':'0','count/pods':'0'", "");
            server.json(201, "POST", namespace + "pods", pod("a", ""));
            server.json(
                    201,
                    "POST",
                    "/apis/scheduling.k8s.io/v1/priorityclasses",
                    "{\"metadata\":{\"name\":\"cluster-services\"},\"value\":5}");
            String important = pod("b", "'priorityClassName':'cluster-services',");
            assertEquals(
                    "insufficient quota to match these scopes: [{PriorityClass In [cluster-services]}]",
                    message(server.json(500, "POST", namespace + "pods", important)));
            quota(
                    server,
                    "'pods':'9'",
                    "'pods':'0'",
                    "'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'Exists'}]},");
            server.json(201, "POST", namespace + "pods", important);
        }
    }

    private static void quota(LocalServer server, String hard, String used, String scopes) throws Exception {
        String quotas = "/api/v1/namespaces/default/resourcequotas";
        String name = "q" + scopes.length();
        server.json(
                201,
                "POST",
                quotas,
                ("{'metadata':{'name':'" + name + "'},'spec':{" + scopes + "'hard':{" + hard + "}}}")
                        .replace('\'', '"'));
        server.patch(
                200,
                quotas + "/" + name + "/status",
                ("{'status':{'hard':{" + hard + "},'used':{" + used + "}}}").replace('\'', '"'));
    }

    private static void free(LocalServer server) throws Exception {
        server.json(201, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"free\"}}");
        String pods = "/api/v1/namespaces/free/pods";
        server.json(201, "POST", pods, pod("a", "'hostNetwork':true,'nodeSelector':{'zone':'a'},"));
        assertTrue(server.json(403, "POST", pods, pod("b", "'nodeSelector':{'own':'x'},"))
                .path("message")
                .asString()
                .endsWith("pod node label selector labels conflict with its namespace whitelist"));
    }

    private static void events(LocalServer server) throws Exception {
        String events = "/api/v1/namespaces/default/events";
        String event = "{'metadata':{'generateName':'e'},'involvedObject':{'namespace':'default'}}".replace('\'', '"');
        int taken = 0;
        JsonNode answer = server.json(201, "POST", events, event);
        while (!answer.has("code") && taken < 50) {
            taken++;
            HttpResponse<String> next = server.send("POST", events, "application/json", event);
            answer = Json.MAPPER.readTree(next.body());
        }
        assertEquals(429, answer.path("code").asInt());
        assertEquals(
                "Too many requests: limit reached on type Namespace for key default",
                answer.path("message").asString());
    }

    private String refusal(String text, String... more) {
        return assertThrows(IllegalArgumentException.class, () -> {
                    AdmissionFlags flags = flags(text, more);
                    try (LocalServer server = new LocalServer(flags, objects -> security(objects, flags.configs()))) {
                        throw new AssertionError("started: " + server.uri("/"));
                    }
                })
                .getMessage();
    }

    @Test
    void whatCannotBeTakenIsRefusedByName() {
        String head = "{apiVersion: apiserver.config.k8s.io/v1, kind: AdmissionConfiguration, plugins: [%s]}";
        assertTrue(refusal(head.formatted("{name: ImagePolicyWebhook, configuration: {}}"))
                .endsWith("a configuration of the admission plugin \"ImagePolicyWebhook\" is not supported"));
        assertEquals(
                "couldn't init admission plugin \"ResourceQuota\": the configuration of ResourceQuota is no"
                        + " apiserver.config.k8s.io/v1 ResourceQuotaConfiguration",
                refusal(head.formatted("{name: ResourceQuota, configuration: {kind: Configuration}}")));
        assertEquals(
                "couldn't init admission plugin \"ResourceQuota\": limitedResources[0].resource: Required value",
                refusal(head.formatted("{name: ResourceQuota, configuration: {apiVersion: apiserver.config.k8s.io/v1,"
                        + " kind: ResourceQuotaConfiguration, limitedResources: [{matchContains: [a]}]}}")));
        assertTrue(refusal("kind: Other").endsWith("is no apiserver.config.k8s.io/v1 AdmissionConfiguration"));
        assertEquals(
                "couldn't init admission plugin \"EventRateLimit\": limits: Invalid value: must not be empty",
                refusal(head.formatted(""), "--enable-admission-plugins=EventRateLimit"));
        String security = "{name: PodSecurity, configuration: {apiVersion: pod-security.admission.config.k8s.io/v1,"
                + " kind: PodSecurityConfiguration, defaults: {enforce: strict}}}";
        assertEquals(
                "couldn't init admission plugin \"PodSecurity\": defaults.enforce: Invalid value: \"strict\": must be one"
                        + " of privileged, baseline, restricted",
                refusal(head.formatted(security)));
    }
}
