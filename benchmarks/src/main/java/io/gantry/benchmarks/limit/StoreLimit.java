package io.gantry.benchmarks.limit;

import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Meter;
import io.gantry.benchmarks.measure.ProcessUse;
import io.gantry.benchmarks.measure.Result;
import io.gantry.store.WriteResult;
import io.gantry.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// How many durable commits a second the embedded store makes without an API server around it.
public final class StoreLimit {
    private static final int BYTES = 1024;

    private StoreLimit() {}

    public static Result measure(Path directory, int writers, Duration time) throws InterruptedException {
        AtomicLong failures = new AtomicLong();
        try (EmbeddedStore store = EmbeddedStore.open(directory, failure -> failures.incrementAndGet())) {
            List<Latencies> all = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            Meter meter = new Meter(ProcessUse.unknown());
            for (int i = 0; i < writers; i++) {
                Latencies latencies = new Latencies();
                all.add(latencies);
                String prefix = "/registry/configmaps/bench/w" + i + "-";
                threads.add(Thread.ofVirtual()
                        .start(() -> write(store, prefix, latencies, meter, time.toMillis() / 1e3, failures)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            Latencies total = new Latencies();
            all.forEach(total::add);
            return meter.result("limit-store-commits", writers, total, failures.get());
        }
    }

    private static void write(
            EmbeddedStore store, String prefix, Latencies latencies, Meter meter, double seconds, AtomicLong failures) {
        byte[] value = new byte[BYTES];
        for (long i = 0; meter.seconds() < seconds; i++) {
            ThreadLocalRandom.current().nextBytes(value);
            long start = System.nanoTime();
            if (!(store.create(prefix + i, value.clone(), 0) instanceof WriteResult.Committed)) {
                failures.incrementAndGet();
            }
            latencies.record(System.nanoTime() - start);
        }
    }
}
