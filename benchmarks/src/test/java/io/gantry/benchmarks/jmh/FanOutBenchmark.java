package io.gantry.benchmarks.jmh;

import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Description;
import io.gantry.apiserver.watch.EventType;
import io.gantry.apiserver.watch.Selection;
import io.gantry.apiserver.watch.WatchCache;
import io.gantry.apiserver.watch.WatchSink;
import io.gantry.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One write to a thousand watchers of the cache, without the network.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FanOutBenchmark {
    private static final int WATCHERS = 1000;
    private static final byte[] VALUE = "{}".getBytes(StandardCharsets.UTF_8);

    private final MemoryStore store = new MemoryStore();
    private final CacheFeed feed = new CacheFeed(store);
    private volatile CountDownLatch missing = new CountDownLatch(0);
    private long number;

    @Setup
    public void start() {
        feed.start();
        WatchCache cache = feed.cache("/registry/things/", new WatchCache.Indexer() {
            @Override
            public CachedObject index(String key, byte[] stored, long revision) {
                return new CachedObject(key, stored, revision, Description.Known.NONE);
            }

            @Override
            public CachedObject deleted(CachedObject last, long revision) {
                return last;
            }
        });
        cache.load();
        for (int i = 0; i < WATCHERS; i++) {
            cache.watchFromNow(Selection.all(), new Sink(), snapshot -> {});
        }
    }

    @TearDown
    public void stop() {
        feed.close();
        store.close();
    }

    /// Until the last watcher has the event.
    @Benchmark
    public void fanOut() throws InterruptedException {
        missing = new CountDownLatch(WATCHERS);
        store.create("/registry/things/ns/thing-" + number++, VALUE.clone(), 0);
        missing.await();
    }

    private final class Sink implements WatchSink {
        @Override
        public void event(EventType type, CachedObject object) {
            missing.countDown();
        }

        @Override
        public void progress(long revision) {
            // Only events count here.
        }

        @Override
        public void restarted() {
            // The store is never lost here.
        }
    }
}
