package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.StatusCauseBuilder;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.store.Store;
import io.gantry.store.mvcc.MvccStore;
import java.time.Duration;
import java.util.List;

/// Makes sure that the caches are new enough for a read.
final class Freshness {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Store store;
    private final CacheFeed feed;
    private final boolean cheap;

    Freshness(Store store, CacheFeed feed) {
        this.store = store;
        this.feed = feed;
        this.cheap = store instanceof MvccStore;
    }

    /// Whether the caches are known, without blocking, to have everything written so far.
    boolean isCurrent() {
        return cheap && feed.revision() >= store.currentRevision();
    }

    boolean reached(long revision) {
        return feed.revision() >= revision;
    }

    /// Waits until the caches have everything that was acknowledged before the call.
    ///
    /// @throws StatusException 504 when they do not get there
    void awaitCurrent() throws InterruptedException {
        long wanted = store.currentRevision();
        if (!feed.await(wanted, PATIENCE)) {
            throw tooLarge(wanted);
        }
    }

    /// Waits until the caches have reached a revision.
    ///
    /// @throws StatusException 504 with cause ResourceVersionTooLarge when they do not get there
    void await(long revision) throws InterruptedException {
        if (!reached(revision) && !feed.await(revision, PATIENCE)) {
            throw tooLarge(revision);
        }
    }

    private StatusException tooLarge(long revision) {
        return StatusException.of(
                504,
                "Timeout",
                "Timeout: Too large resource version: " + revision + ", current: " + feed.revision(),
                StatusDetailsBuilder.builder()
                        .causes(List.of(StatusCauseBuilder.builder()
                                .reason("ResourceVersionTooLarge")
                                .message("Too large resource version")
                                .build()))
                        .retryAfterSeconds(1)
                        .build());
    }
}
