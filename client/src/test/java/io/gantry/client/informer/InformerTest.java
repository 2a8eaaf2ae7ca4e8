package io.gantry.client.informer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.configmap.ConfigMap;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.client.ApiClient;
import io.gantry.client.FakeApiServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What handlers are told when the server misbehaves: each change once, in order, none lost.
class InformerTest {
    private static final String GONE = """
            {"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","message":"old","code":410}}""";

    private final FakeApiServer server = new FakeApiServer();
    private final ApiClient client = server.client();
    private final InformerFactory factory = new InformerFactory(client);
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        factory.close();
        client.close();
        server.close();
    }

    @Test
    void listsFromAnyCacheThenWatchesFromThere() throws Exception {
        server.thenJson(200, list(5, object("a", 3), object("b", 4)))
                .thenWatch(event("MODIFIED", "a", 6), event("DELETED", "b", 7), event("ADDED", "c", 8));
        start();
        expect("+a3", "+b4", "a3>a6", "-b7", "+c8");
        assertEquals(
                "GET /api/v1/configmaps?resourceVersion=0", server.requests().get(0));
        assertTrue(
                server.requests().get(1).contains("&resourceVersion=5"),
                server.requests().get(1));
        await().until(() -> server.requests().size() > 2);
        assertTrue(
                server.requests().get(2).contains("&resourceVersion=8"),
                server.requests().get(2));
    }

    @Test
    void goneMeansANewListWhoseDifferencesAreTold() throws Exception {
        server.thenJson(200, list(5, object("a", 3), object("b", 4)))
                .thenWatch(event("ADDED", "c", 6), GONE)
                .thenJson(200, list(20, object("a", 3), object("c", 15), object("d", 16)));
        start();
        expect("+a3", "+b4", "+c6", "-b4", "c6>c15", "+d16");
        assertEquals("GET /api/v1/configmaps", server.requests().get(2));
    }

    @Test
    void aBrokenConnectionContinuesAtTheLastRevision() throws Exception {
        server.thenJson(200, list(5))
                .then(exchange -> {
                    String cut = event("ADDED", "a", 6) + "\n{\"type\":\"ADD";
                    FakeApiServer.startWatch(exchange).write(cut.getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    throw new java.io.IOException("dropped");
                })
                .thenWatch(event("ADDED", "b", 7));
        start();
        expect("+a6", "+b7");
        assertTrue(
                server.requests().get(2).contains("resourceVersion=6"),
                server.requests().get(2));
    }

    @Test
    void bookmarksMoveTheRevision() throws Exception {
        server.thenJson(200, list(5))
                .thenWatch("{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"77\"}}}");
        start();
        await().until(() -> server.requests().size() > 2);
        assertTrue(
                server.requests().get(2).contains("resourceVersion=77"),
                server.requests().get(2));
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() throws Exception {
        server.thenJson(503, "starting")
                .thenJson(403, "not yet")
                .thenJson(200, list(5, object("a", 3)))
                .thenJson(500, "oops")
                .thenWatch(event("ADDED", "b", 7));
        start();
        expect("+a3", "+b7");
    }

    @Test
    void anIndexThatBreaksDoesNotEndTheFollowing() throws Exception {
        server.thenJson(200, list(5, object("a", 3))).thenJson(200, list(5, object("a", 3)));
        AtomicInteger asked = new AtomicInteger();
        factory.informer(ConfigMapKind.KIND).addIndex("broken", object -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
            return List.of();
        });
        start();
        expect("+a3");
    }

    @Test
    void pagesAreFollowed() throws Exception {
        server.thenJson(200, """
                        {"metadata":{"resourceVersion":"5","continue":"tok"},"items":[%s]}""".formatted(object("a", 3))).thenJson(200, list(5, object("b", 4)));
        start();
        expect("+a3", "+b4");
        assertTrue(
                server.requests().get(1).contains("continue=tok"),
                server.requests().get(1));
    }

    @Test
    void anObjectMadeAnewUnderItsNameIsDeletedAndAdded() throws Exception {
        String successor = object("a", 9).replace("uid-a", "uid-other");
        server.thenJson(200, list(5, object("a", 3))).thenWatch(GONE).thenJson(200, list(20, successor));
        start();
        expect("+a3", "-a3", "+a9");
    }

    @Test
    void aLateHandlerIsToldOfWhatIsKnown() throws Exception {
        server.thenJson(200, list(5, object("a", 3)));
        Informer<ConfigMap> informer = start();
        expect("+a3");
        informer.addHandler(new Recorder());
        expect("+a3", "+a3");
    }

    private Informer<ConfigMap> start() throws InterruptedException {
        Informer<ConfigMap> informer = factory.informer(ConfigMapKind.KIND);
        informer.addHandler(new Recorder());
        factory.start();
        assertTrue(factory.awaitSynced(Duration.ofSeconds(10)));
        return informer;
    }

    private void expect(String... events) {
        await().untilAsserted(() -> assertEquals(List.of(events), told));
    }

    private final class Recorder implements InformerHandler<ConfigMap> {
        @Override
        public void added(ConfigMap object) {
            told.add("+" + show(object));
        }

        @Override
        public void updated(ConfigMap before, ConfigMap now) {
            told.add(show(before) + ">" + show(now));
        }

        @Override
        public void deleted(ConfigMap last) {
            told.add("-" + show(last));
        }
    }

    private static String show(ConfigMap object) {
        return object.metadata().name() + object.metadata().resourceVersion();
    }

    private static String object(String name, int revision) {
        return """
                {"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"%s","namespace":"ns","uid":"uid-%s","resourceVersion":"%d"}}""".formatted(name, name, revision);
    }

    private static String event(String type, String name, int revision) {
        return "{\"type\":\"%s\",\"object\":%s}".formatted(type, object(name, revision));
    }

    private static String list(int revision, String... objects) {
        return "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"%d\"},\"items\":[%s]}"
                .formatted(revision, String.join(",", objects));
    }
}
