package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.audit.Delivery;
import io.gantry.apiserver.webhook.WebhookServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Events that go to a server elsewhere, over real HTTP.
@Timeout(60)
class AuditWebhookTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String BODY = "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"%s\"}}";
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: ["RequestReceived"]
            rules:
            - level: RequestResponse
              resources: [{group: "", resources: ["configmaps"]}]
            - level: None
            """;
    private static final String EVERY_STAGE = POLICY.replace("omitStages: [\"RequestReceived\"]\n", "");

    @TempDir
    private Path directory;

    private WebhookServer hook;

    @BeforeEach
    void listen() throws Exception {
        hook = new WebhookServer().silentOn("/silent").on("/broken", 500, "out of order");
    }

    @AfterEach
    void hangUp() {
        hook.close();
    }

    private LocalServer start(String policy, String path, String... flags) throws Exception {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--audit-webhook-config-file=" + kubeconfig(path));
        return AuditedServer.start(directory, policy, all.toArray(String[]::new));
    }

    private Path kubeconfig(String path) throws Exception {
        return Files.writeString(
                directory.resolve("kubeconfig"),
                "{current-context: c, contexts: [{name: c, context: {cluster: h, user: u}}], clusters: [{name: h,"
                        + " cluster: {server: 'https://127.0.0.1:" + hook.port() + path
                        + "', certificate-authority-data: " + hook.caBundle()
                        + "}}], users: [{name: u, user: {token: secret}}]}");
    }

    private JsonNode list() throws Exception {
        WebhookServer.Asked asked = hook.asked.poll(20, TimeUnit.SECONDS);
        assertTrue(asked != null, "nothing came");
        return asked.body();
    }

    private static String metric(LocalServer api, String name) throws Exception {
        return api.send("GET", "/metrics", "", "")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    @Test
    void eventsComeInBatches() throws Exception {
        hook.on("/events", list -> list);
        try (LocalServer api = start(POLICY, "/events", "--audit-webhook-batch-max-size=3")) {
            for (String name : List.of("a", "b", "c")) {
                api.json(201, "POST", MAPS, BODY.formatted(name, "v"));
            }
            JsonNode list = list();
            assertEquals("EventList", list.path("kind").asString());
            assertEquals("audit.k8s.io/v1", list.path("apiVersion").asString());
            assertTrue(list.path("metadata").isObject());
            List<String> names = new ArrayList<>();
            for (JsonNode event : list.path("items")) {
                assertFalse(event.has("kind"), event.toString());
                assertEquals("RequestResponse", event.path("level").asString());
                assertEquals("v", event.at("/responseObject/data/k").asString());
                names.add(event.at("/objectRef/name").asString());
            }
            assertEquals(List.of("a", "b", "c"), names);
            assertEquals("3", metric(api, "apiserver_audit_event_total"));
            assertEquals("3", metric(api, "apiserver_audit_level_total{level=\"RequestResponse\"}"));
        }
    }

    /// Nobody has to wait half a minute for what was done last before a server ends.
    @Test
    void whatWaitsIsSentAtTheEnd() throws Exception {
        hook.on("/events", list -> list);
        try (LocalServer api = start(POLICY, "/events", "--audit-webhook-batch-max-wait=1h")) {
            api.json(201, "POST", MAPS, BODY.formatted("a", "v"));
            assertTrue(hook.asked.isEmpty());
        }
        assertEquals("a", list().at("/items/0/objectRef/name").asString());
    }

    @Test
    void whoeverIsNotThereIsAskedAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        hook.on("/events", list -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("the connection breaks");
            }
            return list;
        });
        try (LocalServer api =
                start(POLICY, "/events", "--audit-webhook-batch-max-size=1", "--audit-webhook-initial-backoff=10ms")) {
            api.json(201, "POST", MAPS, BODY.formatted("a", "v"));
            Awaitility.await().until(() -> tries.get() == 3);
            assertEquals("", metric(api, "apiserver_audit_error_total{plugin=\"webhook\"}"));
        }
    }

    /// A webhook that never answers takes its batches and no request with it, nor the server's end.
    @Test
    void aSilentWebhookHoldsNothingUp() throws Exception {
        long begin;
        try (LocalServer api = start(
                POLICY,
                "/silent",
                "--audit-webhook-batch-max-size=1",
                "--audit-webhook-batch-buffer-size=2",
                "--audit-webhook-batch-throttle-enable=false")) {
            for (int i = 0; i < 80; i++) {
                api.json(201, "POST", MAPS, BODY.formatted("m" + i, "v"));
            }
            // at most 64 are on their way, one waits for its turn, two wait behind it
            assertTrue(Integer.parseInt(metric(api, "apiserver_audit_error_total{plugin=\"buffered\"}")) >= 13);
            begin = System.nanoTime();
        }
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 20);
    }

    @Test
    void anAnswerWaitsForItsEventsWhereItIsAskedFor() throws Exception {
        hook.on("/events", list -> list);
        try (LocalServer api = start(EVERY_STAGE, "/events", "--audit-webhook-mode=blocking")) {
            api.json(201, "POST", MAPS, BODY.formatted("a", "v"));
            assertEquals(
                    List.of("RequestReceived", "ResponseComplete"),
                    hook.asked.stream()
                            .map(asked -> asked.body().at("/items/0/stage").asString())
                            .toList());
            api.send("GET", MAPS + "?watch=true&timeoutSeconds=1", "", "");
            Awaitility.await().until(() -> hook.asked.size() == 5);
        }
    }

    @ParameterizedTest
    @CsvSource({"blocking,201", "blocking-strict,500"})
    void aBrokenWebhookRefusesRequestsOnlyWhereItIsAskedFor(String mode, int status) throws Exception {
        try (LocalServer api =
                start(EVERY_STAGE, "/broken", "--audit-webhook-mode=" + mode, "--audit-webhook-initial-backoff=1ms")) {
            JsonNode answer = api.json(status, "POST", MAPS, BODY.formatted("a", "v"));
            boolean strict = mode.equals("blocking-strict");
            assertEquals(
                    strict ? "Internal error occurred: failed to store audit event" : "",
                    answer.path("message").asString(""));
            api.json(200, "GET", "/version", "");
            assertEquals(strict ? "1" : "2", metric(api, "apiserver_audit_error_total{plugin=\"webhook\"}"));
            assertEquals(strict ? "1" : "0", metric(api, "apiserver_audit_requests_rejected_total"));
        }
    }

    @Test
    void largeEventsLoseTheirObjects() throws Exception {
        hook.on("/events", list -> list);
        try (LocalServer api = start(
                POLICY,
                "/events",
                "--audit-webhook-mode=blocking",
                "--audit-webhook-truncate-enabled",
                "--audit-webhook-truncate-max-event-size=2000")) {
            api.json(201, "POST", MAPS, BODY.formatted("small", "v"));
            assertFalse(list().at("/items/0/annotations").has("audit.k8s.io/truncated"));
            api.json(201, "POST", MAPS, BODY.formatted("large", "v".repeat(2000)));
            JsonNode event = list().at("/items/0");
            assertEquals(
                    "true",
                    event.path("annotations").path("audit.k8s.io/truncated").asString());
            assertEquals("large", event.at("/objectRef/name").asString());
            assertFalse(event.has("requestObject") || event.has("responseObject"), event.toString());
            api.json(404, "GET", MAPS + "/none?a=" + "v".repeat(2000), "");
            assertEquals("1", metric(api, "apiserver_audit_error_total{plugin=\"truncate\"}"));
        }
        assertTrue(hook.asked.isEmpty());
    }

    /// A log may be beside it, with a disk that is full.
    @ParameterizedTest
    @CsvSource({"batch,201", "blocking,201", "blocking-strict,500"})
    void aFullDiskIsCounted(String mode, int status) throws Exception {
        hook.on("/events", list -> list);
        try (LocalServer api = start(
                EVERY_STAGE,
                "/events",
                "--audit-webhook-batch-max-size=1",
                "--audit-log-path=/dev/full",
                "--audit-log-mode=" + mode)) {
            api.json(status, "POST", MAPS, BODY.formatted("a", "v"));
            Awaitility.await()
                    .until(() -> !metric(api, "apiserver_audit_error_total{plugin=\"log\"}")
                            .isEmpty());
            assertEquals("a", list().at("/items/0/objectRef/name").asString("a"));
        }
    }

    @Test
    void theLogWaitsOnlyWhereItIsAskedFor() throws Exception {
        Path log = directory.resolve("audit.log");
        try (LocalServer api =
                AuditedServer.start(directory, POLICY, "--audit-log-mode=blocking", "--audit-log-path=" + log)) {
            api.json(201, "POST", MAPS, BODY.formatted("a", "v"));
            String line = Files.readString(log);
            assertTrue(
                    line.startsWith(
                            "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"RequestResponse\","),
                    line);
            assertTrue(line.endsWith("}\n"), line);
        }
    }

    @Test
    void flagsHaveUpstreamsDefaults() {
        AuditFlags flags = ServerFlags.parse(
                        "--audit-webhook-config-file=/hook",
                        "--audit-log-path=-",
                        "--audit-webhook-batch-initial-backoff=3s")
                .audit();
        Delivery webhook = flags.webhook().orElseThrow().delivery();
        assertEquals(
                new Delivery(
                        Delivery.Mode.BATCH,
                        new Delivery.Batching(
                                10_000, 400, Duration.ofSeconds(30), Optional.of(new Delivery.Throttle(10, 15))),
                        Optional.empty()),
                webhook);
        assertEquals(Duration.ofSeconds(3), flags.webhook().orElseThrow().initialBackoff());
        assertEquals(100, flags.log().orElseThrow().maxMegabytes());
        assertEquals(366, flags.log().orElseThrow().maxAgeDays());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--audit-webhook-mode=sometimes",
                "--audit-webhook-version=audit.k8s.io/v1beta1",
                "--audit-webhook-batch-buffer-size=0",
                "--audit-webhook-batch-throttle-qps=0",
                "--audit-log-batch-max-size=0",
                "--audit-log-truncate-max-event-size=0",
                "--audit-log-truncate-max-batch-size=1",
                "--audit-log-maxage=-1"
            })
    void whatUpstreamRefusesIsRefused(String flag) {
        assertThrows(IllegalArgumentException.class, () -> ServerFlags.parse(flag));
    }
}
