package io.gantry.apiserver.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.ApiServer;
import io.gantry.apiserver.Security;
import io.gantry.apiserver.ServerConfig;
import io.gantry.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What reads, writes and watches mean to clients, the same on every store (kubernetes.io, "API concepts"; upstream
/// `apiserver/pkg/storage`).
abstract class ApiSemantics {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private Store store;
    private ApiServer server;
    private Api api;

    /// An empty store.
    protected abstract Store open() throws Exception;

    /// The same store again, after it was closed.
    protected abstract Store reopen() throws Exception;

    @BeforeEach
    void start() throws Exception {
        store = open();
        serve();
    }

    private void serve() throws Exception {
        server = ApiServer.start(ServerConfig.local(store), objects -> Security.none());
        api = new Api(server.address().getPort());
    }

    @AfterEach
    void end() {
        stop();
        release();
    }

    /// Ends what is below the store, when nobody needs it any more.
    protected void release() {}

    private void stop() {
        api.close();
        server.close();
        store.close();
    }

    private void restart() throws Exception {
        stop();
        store = reopen();
        serve();
    }

    private String create(String name, String labels) throws Exception {
        return version(
                api.call(201, "POST", MAPS, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{" + labels + "}}}"));
    }

    private static String version(JsonNode object) {
        return object.path("metadata").path("resourceVersion").asString();
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("items")
                .forEach(item -> names.add(item.path("metadata").path("name").asString()));
        names.remove("kube-root-ca.crt");
        return names;
    }

    private static String continueOf(JsonNode list) {
        return list.path("metadata").path("continue").asString("");
    }

    private void refused(int code, String query, String message) throws Exception {
        JsonNode status = api.get(code, MAPS + "?" + query);
        assertEquals(message, status.path("message").asString(), query);
    }

    @Test
    void objectsAreWrittenUnderTheirRevision() throws Exception {
        JsonNode made = api.call(201, "POST", MAPS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"1\"}}");
        assertEquals(
                "AlreadyExists",
                api.call(409, "POST", MAPS, "{\"metadata\":{\"name\":\"a\"}}")
                        .path("reason")
                        .asString());
        api.call(200, "PATCH", MAPS + "/a", "{\"data\":{\"k\":\"2\"}}");
        JsonNode conflict = api.call(409, "PUT", MAPS + "/a", made.toString());
        assertEquals(
                "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your "
                        + "changes to the latest version and try again",
                conflict.path("message").asString());
        assertEquals("2", api.get(200, MAPS + "/a").path("data").path("k").asString());
        JsonNode precondition = api.call(409, "DELETE", MAPS + "/a", "{\"preconditions\":{\"resourceVersion\":\"1\"}}");
        assertEquals("Conflict", precondition.path("reason").asString());
        api.call(200, "DELETE", MAPS + "/a", "");
        api.get(404, MAPS + "/a");
    }

    @Test
    void aListReadsAtTheRevisionAskedFor() throws Exception {
        String first = create("a", "");
        create("b", "");
        assertEquals(List.of("a", "b"), names(api.get(200, MAPS)));
        assertEquals(List.of("a", "b"), names(api.get(200, MAPS + "?resourceVersion=0&limit=1")));
        assertEquals(List.of("a", "b"), names(api.get(200, MAPS + "?resourceVersion=" + first)));
        assertEquals(
                List.of("a", "b"),
                names(api.get(200, MAPS + "?resourceVersionMatch=NotOlderThan&resourceVersion=" + first)));
        JsonNode exact = api.get(200, MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + first);
        assertEquals(List.of("a"), names(exact));
        assertEquals(first, version(exact));
        assertEquals(List.of("a"), names(api.get(200, MAPS + "?limit=5&resourceVersion=" + first)));
        JsonNode late = api.get(504, MAPS + "?resourceVersion=9000000");
        assertEquals("Timeout", late.path("reason").asString());
        assertTrue(
                late.path("message").asString().startsWith("Timeout: Too large resource version: 9000000, current: "));
        assertEquals(1, late.path("details").path("retryAfterSeconds").asInt());
        assertEquals(
                "{\"reason\":\"ResourceVersionTooLarge\",\"message\":\"Too large resource version\"}",
                late.path("details").path("causes").path(0).toString());
    }

    @Test
    void parametersThatDoNotFitAreRefused() throws Exception {
        String invalid = "ListOptions.meta.k8s.io \"\" is invalid: ";
        refused(
                422,
                "resourceVersionMatch=Exact",
                invalid + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion "
                        + "is provided");
        refused(
                422,
                "resourceVersionMatch=Exact&resourceVersion=0",
                invalid + "resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for "
                        + "resourceVersion \"0\"");
        refused(
                422,
                "resourceVersionMatch=Newest&resourceVersion=1",
                invalid + "resourceVersionMatch: Unsupported value: \"Newest\": supported values: \"\", \"Exact\", "
                        + "\"NotOlderThan\"");
        refused(
                422,
                "sendInitialEvents=true",
                invalid + "sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list");
        refused(
                422,
                "watch=true&sendInitialEvents=true",
                invalid + "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to "
                        + "NotOlderThan");
        refused(
                422,
                "watch=true&resourceVersion=1&resourceVersionMatch=NotOlderThan",
                invalid + "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless "
                        + "sendInitialEvents is provided");
        refused(400, "limit=many", "strconv.ParseInt: parsing \"many\": invalid syntax");
        refused(
                400,
                "resourceVersion=new",
                "invalid resource version: resourceVersion: Invalid value: \"new\": strconv.ParseUint: parsing "
                        + "\"new\": invalid syntax");
        api.get(400, MAPS + "?continue=xyz");
        api.get(400, MAPS + "?watch=true&timeoutSeconds=long");
    }

    @Test
    void pagesKeepTheirRevision() throws Exception {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            create(name, name.equals("c") ? "\"odd\":\"no\"" : "\"odd\":\"yes\"");
        }
        JsonNode first = api.get(200, MAPS + "?limit=2");
        assertEquals(List.of("a", "b"), names(first));
        assertEquals(3, first.path("metadata").path("remainingItemCount").asInt());
        create("bb", "");
        api.call(200, "DELETE", MAPS + "/d", "");
        JsonNode second = api.get(200, MAPS + "?limit=2&continue=" + continueOf(first));
        assertEquals(List.of("c", "d"), names(second));
        assertEquals(version(first), version(second));
        JsonNode last = api.get(200, MAPS + "?limit=2&continue=" + continueOf(second));
        assertEquals(List.of("e"), names(last));
        assertEquals("", continueOf(last));
        assertTrue(last.path("metadata").path("remainingItemCount").isMissingNode());
        JsonNode odd = api.get(200, MAPS + "?limit=2&labelSelector=odd%3Dyes");
        assertEquals(List.of("a", "b"), names(odd));
        assertTrue(odd.path("metadata").path("remainingItemCount").isMissingNode());
        refused(
                400,
                "resourceVersion=5&continue=" + continueOf(first),
                "specifying resource version is not allowed when using continue");
    }

    @Test
    void whatIsCompactedHasExpired() throws Exception {
        String old = create("a", "");
        create("b", "");
        create("d", "");
        JsonNode first = api.get(200, MAPS + "?limit=1");
        create("c", "");
        create("aa", "");
        store.compact(store.currentRevision());
        JsonNode exact = api.get(410, MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + old);
        assertEquals("Expired", exact.path("reason").asString());
        assertEquals(
                "The resourceVersion for the provided list is too old.",
                exact.path("message").asString());
        JsonNode expired = api.get(410, MAPS + "?limit=1&continue=" + continueOf(first));
        assertEquals("Expired", expired.path("reason").asString());
        assertTrue(
                expired.path("message").asString().startsWith("The provided continue parameter is too old to display"));
        JsonNode rest = api.get(200, MAPS + "?limit=2&continue=" + continueOf(expired));
        assertEquals(List.of("aa", "b"), names(rest));
        assertNotEquals(version(first), version(rest));
        JsonNode end = api.get(200, MAPS + "?continue=" + continueOf(rest));
        assertEquals(List.of("c", "d"), names(end));
        assertEquals(version(rest), version(end));
    }

    @Test
    void aWatchGoesOnFromEveryRevisionThatIsKept() throws Exception {
        String first = create("a", "");
        create("b", "");
        api.call(200, "PATCH", MAPS + "/b", "{\"data\":{\"k\":\"v\"}}");
        api.call(200, "DELETE", MAPS + "/a", "");
        restart();
        try (Api.Stream events = api.watch(MAPS + "?watch=true&resourceVersion=" + first)) {
            assertEquals("ADDED b", events.event());
            assertEquals("MODIFIED b", events.event());
            assertEquals("DELETED a", events.event());
            create("c", "");
            assertEquals("ADDED c", events.event());
        }
        assertEquals(List.of("b", "c"), names(api.get(200, MAPS)));
    }

    @Test
    void aWatchFromACompactedRevisionIsToldSo() throws Exception {
        String first = create("a", "");
        create("b", "");
        create("c", "");
        restart();
        store.compact(store.currentRevision());
        try (Api.Stream events = api.watch(MAPS + "?watch=true&resourceVersion=" + first)) {
            JsonNode error = events.next().orElseThrow();
            assertEquals("ERROR", error.path("type").asString());
            assertEquals(410, error.path("object").path("code").asInt());
            assertEquals("Expired", error.path("object").path("reason").asString());
            assertTrue(
                    error.path("object").path("message").asString().startsWith("too old resource version: " + first));
            assertTrue(events.next().isEmpty());
        }
    }

    @Test
    void aWatchWithoutRevisionBeginsWithWhatIsThere() throws Exception {
        create("a", "\"on\":\"yes\"");
        create("b", "\"on\":\"no\"");
        for (String from : List.of("", "&resourceVersion=0")) {
            try (Api.Stream events = api.watch(MAPS + "?watch=true&labelSelector=on%3Dyes" + from)) {
                assertEquals("ADDED a", events.event());
            }
        }
        try (Api.Stream events = api.watch(MAPS + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true"
                + "&resourceVersionMatch=NotOlderThan&labelSelector=on&timeoutSeconds=3")) {
            assertEquals("ADDED a", events.event());
            assertEquals("ADDED b", events.event());
            JsonNode end = events.next().orElseThrow();
            assertEquals("BOOKMARK", end.path("type").asString());
            assertEquals(
                    "true",
                    end.path("object")
                            .path("metadata")
                            .path("annotations")
                            .path("k8s.io/initial-events-end")
                            .asString());
            assertEquals("BOOKMARK", events.event());
            assertTrue(events.next().isEmpty());
        }
    }

    @Test
    void aPodThatRunsNowhereIsMarkedBeforeItGoes() throws Exception {
        String pods = "/api/v1/namespaces/default/pods";
        JsonNode made = api.call(
                201,
                "POST",
                pods,
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        try (Api.Stream watch = api.watch(pods + "?watch=true&resourceVersion=" + version(made))) {
            JsonNode answer = api.call(200, "DELETE", pods + "/p", "");
            JsonNode marked = watch.next().orElseThrow();
            JsonNode gone = watch.next().orElseThrow();
            assertEquals("MODIFIED", marked.path("type").asString());
            assertEquals("DELETED", gone.path("type").asString());
            assertEquals(answer, gone.path("object"));
            assertNotEquals(version(marked.path("object")), version(answer));
            JsonNode metadata = marked.path("object").path("metadata");
            assertEquals(0, metadata.path("deletionGracePeriodSeconds").asInt(-1));
            assertEquals(2, metadata.path("generation").asInt());
            assertEquals(
                    metadata.path("deletionTimestamp").asString(),
                    answer.path("metadata").path("deletionTimestamp").asString());
        }
    }

    @Test
    void whatLeavesASelectionIsDeletedThere() throws Exception {
        String start = create("a", "\"on\":\"yes\"");
        create("b", "\"on\":\"yes\"");
        try (Api.Stream labels = api.watch(MAPS + "?watch=true&labelSelector=on%3Dyes&resourceVersion=" + start);
                Api.Stream name = api.watch(MAPS + "?watch=true&fieldSelector=metadata.name%3Da&resourceVersion=0")) {
            assertEquals("ADDED b", labels.event());
            assertEquals("ADDED a", name.event());
            String left = version(api.call(
                    200, "PATCH", MAPS + "/a", "{\"metadata\":{\"labels\":{\"on\":\"no\"}},\"data\":{\"k\":\"v\"}}"));
            JsonNode gone = labels.next().orElseThrow();
            assertEquals("DELETED", gone.path("type").asString());
            assertEquals(left, version(gone.path("object")));
            assertEquals(
                    "yes",
                    gone.path("object")
                            .path("metadata")
                            .path("labels")
                            .path("on")
                            .asString());
            assertTrue(gone.path("object").path("data").isMissingNode());
            assertEquals("MODIFIED a", name.event());
            api.call(200, "PATCH", MAPS + "/a", "{\"metadata\":{\"labels\":{\"on\":\"yes\"}}}");
            assertEquals("ADDED a", labels.event());
            String deleted = version(api.get(200, MAPS + "/a"));
            api.call(200, "DELETE", MAPS + "/a", "");
            JsonNode last = labels.next().orElseThrow();
            assertEquals("DELETED", last.path("type").asString());
            assertTrue(Long.parseLong(version(last.path("object"))) > Long.parseLong(deleted));
        }
    }

    @Test
    void watchersSeeOneOrderWhereverTheyBegin() throws Exception {
        List<String> versions = new ArrayList<>(List.of(create("first", "\"set\":\"a\"")));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String set = i % 2 == 0 ? "a" : "b";
            versions.add(create("m" + i, "\"set\":\"" + set + "\""));
            expected.add("ADDED m" + i);
        }
        for (int i = 0; i < 8; i++) {
            try (Api.Stream events = api.watch(MAPS + "?watch=true&resourceVersion=" + versions.get(i))) {
                for (String event : expected.subList(i, expected.size())) {
                    assertEquals(event, events.event());
                }
            }
        }
        for (String selector : List.of("set%3Da", "set%3Db", "set+in+(a,b)")) {
            try (Api.Stream events = api.watch(
                    MAPS + "?watch=true&resourceVersion=" + versions.getFirst() + "&labelSelector=" + selector)) {
                for (int i = 0; i < 8; i++) {
                    if (selector.endsWith(")") || selector.endsWith(i % 2 == 0 ? "a" : "b")) {
                        assertEquals("ADDED m" + i, events.event());
                    }
                }
            }
        }
    }

    @Test
    void aRestartLosesNothing() throws Exception {
        create("a", "");
        JsonNode before = api.get(200, MAPS + "/a");
        restart();
        assertEquals(before, api.get(200, MAPS + "/a"));
        long next = Long.parseLong(create("b", ""));
        assertTrue(next > Long.parseLong(version(before)));
    }
}
