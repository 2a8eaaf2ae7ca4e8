package io.gantry.scheduler.extender;

import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static io.gantry.scheduler.testing.Objects.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.gantry.api.Json;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.TlsContexts;
import io.gantry.scheduler.config.SchedulerConfiguration;
import io.gantry.scheduler.cycle.Decision;
import io.gantry.scheduler.cycle.SchedulingCycle;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.plugins.PluginCatalog;
import io.gantry.scheduler.plugins.PluginContext;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import io.gantry.scheduler.testing.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Decisions with an extender that answers over real HTTP.
final class ExtendersTest {
    private static final PodInfo POD = pod("p", 0, "1", "1Gi");
    private static final String ALL = "{'NodeNames':['a','b','c'],'FailedNodes':null,'Error':''}";

    private final Wiring wiring = Wiring.of(new FakeCluster());
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> asked = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String verb = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            asked.put(verb, Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes()));
            String text = answers.getOrDefault(verb, "");
            byte[] body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text.isEmpty() ? 500 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Profile profile(String scheme, String more) {
        SchedulerConfiguration configuration = SchedulerConfiguration.parse(
                "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n"
                        + "extenders: [{urlPrefix: '" + scheme + "://localhost:"
                        + server.getAddress().getPort() + "/scheduler/', " + more + "}]",
                PluginCatalog.upstream());
        PluginContext plain = wiring.context();
        return configuration
                .profiles(new PluginContext(
                        plain.cluster(),
                        plain.claims(),
                        plain.devices(),
                        plain.pods(),
                        plain.permits(),
                        plain.nominations(),
                        plain.budgets(),
                        plain.random(),
                        Extenders.of(configuration.extenders())))
                .all()
                .iterator()
                .next();
    }

    private Decision decide(String more, PodInfo pod, Snapshot now) {
        return new SchedulingCycle(profile("http", more), wiring.nominations(), wiring.random()).decide(pod, now);
    }

    private static Snapshot three() {
        return snapshot(node("a"), node("b"), node("c"));
    }

    private static String placed(Decision decision) {
        return assertInstanceOf(Decision.Placed.class, decision).node();
    }

    @Test
    void filtersWholeNodes() {
        answers.put(
                "filter",
                "{'nodes':{'items':[{'metadata':{'name':'c'}}]},'failedNodes':{'a':'no gpu left'},"
                        + "'failedAndUnresolvableNodes':{'b':'no gpu'}}");
        assertEquals("c", placed(decide("filterVerb: filter", POD, three())));
        JsonNode request = asked.get("filter");
        assertEquals("p", request.path("Pod").path("metadata").path("name").asString());
        assertEquals(3, request.path("Nodes").path("items").size());
        assertTrue(request.path("NodeNames").isNull());
    }

    @Test
    void saysWhyItLeavesNone() {
        answers.put(
                "filter",
                "{'NodeNames':[],'FailedNodes':{'a':'no gpu left'},'FailedAndUnresolvableNodes':{'b':'no gpu'}}");
        Decision.Unschedulable decision = assertInstanceOf(
                Decision.Unschedulable.class, decide("filterVerb: filter, nodeCacheCapable: true", POD, three()));
        assertEquals(
                "0/3 nodes are available: 1 no gpu, 1 no gpu left.",
                decision.diagnosis().message());
        assertEquals(Set.of(Extenders.NAME), decision.diagnosis().plugins());
        assertEquals(1, decision.attempt().resolvable().cardinality());
        assertEquals(3, asked.get("filter").path("NodeNames").size());
    }

    @Test
    void scoresCountByTheirWeight() {
        answers.put("prioritize", "[{'Host':'b','Score':10}]");
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    "b", placed(decide("prioritizeVerb: prioritize, weight: 5, nodeCacheCapable: true", POD, three())));
        }
    }

    @Test
    void oneThatFailsIsIgnoredOrFailsThePod() {
        assertTrue(placed(decide("filterVerb: filter, ignorable: true", POD, three()))
                .matches("[abc]"));
        ExtenderException failure =
                assertThrows(ExtenderException.class, () -> decide("filterVerb: filter", POD, three()));
        assertTrue(
                failure.getMessage().matches("failed filter with extender at URL http:.*/scheduler/filter, code 500"));
        answers.put("filter", "{'Error':'out of order'}");
        assertEquals(
                "out of order",
                assertThrows(ExtenderException.class, () -> decide("filterVerb: filter", POD, three()))
                        .getMessage());
    }

    @Test
    void onlyPodsWithItsResourcesConcernIt() {
        String manages = "filterVerb: filter, nodeCacheCapable: true,"
                + " managedResources: [{name: example.com/widget, ignoredByScheduler: true}]";
        assertTrue(placed(decide(manages, POD, three())).matches("[abc]"));
        assertEquals(Map.of(), asked);
        answers.put("filter", ALL.replace("'a',", ""));
        PodInfo wants = pod("w", "'containers':[{'name':'c','resources':{'requests':{'example.com/widget':'1'}}}]");
        assertTrue(placed(decide(manages, wants, three())).matches("[bc]"));
    }

    @Test
    void bindsInPlaceOfThePlugins() {
        Extenders extenders = profile("http", "bindVerb: bind").extenders();
        answers.put("bind", "{'Error':''}");
        assertTrue(extenders.bind(POD, "a"));
        assertEquals(
                Json.MAPPER.readTree(
                        "{\"PodName\":\"p\",\"PodNamespace\":\"default\",\"PodUID\":\"p\",\"Node\":\"a\"}"),
                asked.get("bind"));
        answers.put("bind", "{'Error':'taken'}");
        assertEquals(
                "taken",
                assertThrows(ExtenderException.class, () -> extenders.bind(POD, "a"))
                        .getMessage());
    }

    @Test
    void choosesAmongTheNodesWherePreemptionWouldHelp() {
        Snapshot full = snapshot(node("a", pod("x", 0, "4", "1Gi")), node("b", pod("y", 0, "4", "1Gi")));
        PodInfo important = pod("q", 10, "1", "1Gi");
        Profile profile = profile("http", "preemptVerb: preempt, nodeCacheCapable: true");
        SchedulingCycle cycle = new SchedulingCycle(profile, wiring.nominations(), wiring.random());
        Decision.Unschedulable decision = assertInstanceOf(Decision.Unschedulable.class, cycle.decide(important, full));
        answers.put("preempt", "{'NodeNameToMetaVictims':{'b':{'Pods':[{'UID':'y'}],'NumPDBViolations':0}}}");
        PostFilterPlugin.Result result =
                decision.postFilter(profile, important, full).orElseThrow();
        assertEquals(Optional.of("b"), result.node());
        assertEquals(List.of("y"), result.victims().stream().map(PodInfo::name).toList());
        assertEquals(2, asked.get("preempt").path("NodeNameToMetaVictims").size());
        answers.put("preempt", "{'NodeNameToMetaVictims':{}}");
        assertEquals(
                Optional.empty(),
                decision.postFilter(profile, important, full).orElseThrow().node());
    }

    @Test
    void itsCertificateIsChecked() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("extenders", Duration.ofHours(1));
        Identity identity = authority.issue(
                CertificateProfile.server("localhost", List.of("localhost"), List.of(), Duration.ofHours(1)));
        stop();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(TlsContexts.keyManagers(identity.key(), List.of(identity.certificate())), null, null);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(context));
        secure.createContext("/", this::answer);
        secure.start();
        server = secure;
        answers.put("bind", "{}");
        String data = Base64.getEncoder()
                .encodeToString(authority.identity().certificatePem().getBytes(StandardCharsets.US_ASCII));
        assertTrue(profile("https", "bindVerb: bind, enableHTTPS: true, tlsConfig: {caData: " + data + "}")
                .extenders()
                .bind(POD, "a"));
        assertTrue(profile("https", "bindVerb: bind, enableHTTPS: true")
                .extenders()
                .bind(POD, "a"));
        Extenders unknown = profile("https", "bindVerb: bind").extenders();
        assertThrows(ExtenderException.class, () -> unknown.bind(POD, "a"));
    }
}
