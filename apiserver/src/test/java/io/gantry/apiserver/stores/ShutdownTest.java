package io.gantry.apiserver.stores;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.ApiServer;
import io.gantry.apiserver.Security;
import io.gantry.apiserver.ServerConfig;
import io.gantry.store.memory.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What clients see of a server that stops.
class ShutdownTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private final MemoryStore store = new MemoryStore();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void readyFailsFirstThenWatchesEndInOrder() throws Exception {
        ServerConfig config = ServerConfig.local(store)
                .with(ServerConfig.Options.NONE.withShutdown(new ServerConfig.Shutdown(Duration.ofSeconds(2), 0)));
        ApiServer server = ApiServer.start(config, objects -> Security.none());
        try (Api api = new Api(server.address().getPort());
                Api.Stream watch = api.watch(MAPS + "?watch=true&resourceVersion=0")) {
            Thread stopping = Thread.ofVirtual().start(server::close);
            await().until(() -> api.send("GET", "/readyz", "").statusCode() == 500);
            assertEquals(200, api.send("GET", "/livez", "").statusCode());
            assertTrue(api.send("GET", "/readyz?verbose", "").body().contains("[-]shutdown failed"));
            api.call(201, "POST", MAPS, "{\"metadata\":{\"name\":\"late\"}}");
            assertEquals("ADDED late", watch.event());
            assertTrue(watch.next().isEmpty());
            stopping.join();
            assertFalse(stopping.isAlive());
        }
    }
}
