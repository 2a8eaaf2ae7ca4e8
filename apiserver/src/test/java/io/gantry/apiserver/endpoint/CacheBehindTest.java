package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.LocalServer;
import io.gantry.store.Store;
import io.gantry.store.StoreEvent;
import io.gantry.store.StoreException;
import io.gantry.store.WatchListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Writes and reads while the cache has not heard of the last write: what seems to change nothing there may change what
/// there is, and what is newest is not there yet.
class CacheBehindTest {
    private static final String PATH = "/api/v1/namespaces/default/configmaps";

    /// Whoever holds it keeps events from the cache.
    private final ReentrantLock gate = new ReentrantLock();

    /// Done when somebody waits for the cache to hear of more.
    private final CompletableFuture<Void> waits = new CompletableFuture<>();

    @Test
    void aWriteThatTheCacheHasAlreadyIsNotTakenForDone() throws Exception {
        try (LocalServer server = LocalServer.behind(this::gated)) {
            server.json(201, "POST", PATH, "{\"metadata\":{\"name\":\"c\"},\"data\":{\"a\":\"0\"}}");
            server.json(200, "GET", PATH, "");
            gate.lock();
            try {
                long first = revision(server.patch(200, PATH + "/c", "{\"data\":{\"a\":\"1\"}}"));
                JsonNode tried = server.patch(200, PATH + "/c?dryRun=All", "{\"data\":{\"b\":\"2\"}}");
                assertEquals("1", tried.at("/data/a").asString(), "a dry run sees it");
                JsonNode back = server.patch(200, PATH + "/c", "{\"data\":{\"a\":\"0\"}}");
                assertTrue(revision(back) > first, back.toString());
            } finally {
                gate.unlock();
            }
            JsonNode now = server.json(200, "GET", PATH + "/c", "");
            assertEquals("0", now.at("/data/a").asString());
        }
    }

    @Test
    void aListThatGoesOnAtTheNewestWaitsForTheCache() throws Exception {
        try (LocalServer server = LocalServer.behind(this::gated)) {
            server.json(201, "POST", PATH, "{\"metadata\":{\"name\":\"first\"}}");
            server.json(200, "GET", PATH, "");
            CompletableFuture<JsonNode> answer;
            gate.lock();
            try {
                server.json(201, "POST", PATH, "{\"metadata\":{\"name\":\"second\"}}");
                String token = new ContinueToken(-1, "s").encode();
                answer = CompletableFuture.supplyAsync(() -> list(server, "?continue=" + token));
                CompletableFuture.anyOf(answer, waits).get();
            } finally {
                gate.unlock();
            }
            assertEquals("second", answer.get().at("/items/0/metadata/name").asString());
        }
    }

    private static JsonNode list(LocalServer server, String query) {
        try {
            return server.json(200, "GET", PATH + query, "");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long revision(JsonNode object) {
        return Long.parseLong(object.at("/metadata/resourceVersion").asString());
    }

    private Store gated(Store store) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().startsWith("watch")) {
                            arguments[2] = new Gated((WatchListener) arguments[2]);
                            return new Asked((Store.Watch) method.invoke(store, arguments), waits);
                        }
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private record Asked(Store.Watch watch, CompletableFuture<Void> waits) implements Store.Watch {
        @Override
        public void requestProgress() {
            waits.complete(null);
            watch.requestProgress();
        }

        @Override
        public void close() {
            watch.close();
        }
    }

    private final class Gated implements WatchListener {
        private final WatchListener listener;

        Gated(WatchListener listener) {
            this.listener = listener;
        }

        @Override
        public void onEvents(List<StoreEvent> events) {
            gate.lock();
            try {
                listener.onEvents(events);
            } finally {
                gate.unlock();
            }
        }

        @Override
        public void onProgress(long revision) {
            listener.onProgress(revision);
        }

        @Override
        public void onClosed(StoreException cause) {
            listener.onClosed(cause);
        }
    }
}
