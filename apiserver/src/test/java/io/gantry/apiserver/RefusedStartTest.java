package io.gantry.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.store.memory.MemoryStore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A server that does not start.
class RefusedStartTest {
    /// It would watch a store that is closed next, and tell of that for ever.
    @Test
    void itsFeedEndsWithIt() {
        AtomicReference<CacheFeed> feed = new AtomicReference<>();
        try (MemoryStore store = new MemoryStore()) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> ApiServer.start(ServerConfig.local(store), objects -> {
                        feed.set(objects.feed());
                        throw new IllegalArgumentException("a flag");
                    }));
            assertEquals("a flag", refused.getMessage());
        }
        assertTrue(feed.get().timer().isShutdown());
    }
}
