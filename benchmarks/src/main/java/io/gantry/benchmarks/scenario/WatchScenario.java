package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Meter;
import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/// Watch fan-out: writers change small objects that many watch. Latency counts from before the write is sent until the
/// event has come.
final class WatchScenario implements Scenario {
    private static final int WRITERS = 16;
    private static final int CONNECTIONS = 20;
    private static final int PACED_A_SECOND = 20;
    private static final Duration ARRIVAL = Duration.ofSeconds(30);
    private static final String PATCH = "application/merge-patch+json";

    @Override
    public String name() {
        return "watches";
    }

    @Override
    public String description() {
        return "watch fan-out: events a second with 16 writers, latency of one event at 20 writes a second";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        for (int watchers : bench.options().watchers()) {
            for (boolean paced : new boolean[] {true, false}) {
                try (LoadClient writing = bench.connect(WRITERS);
                        LoadClient watching = LoadClient.connect(
                                bench.target(),
                                Math.min(watchers, CONNECTIONS),
                                bench.options().threads())) {
                    String namespace = Bench.unique("watches-" + watchers);
                    bench.namespace(writing, namespace);
                    try {
                        new Run(bench, writing, watching, namespace, watchers, paced).measure();
                    } finally {
                        bench.remove(writing, namespace, "configmaps");
                    }
                }
            }
        }
    }

    private record Run(
            Bench bench, LoadClient writing, LoadClient watching, String namespace, int watchers, boolean paced) {

        void measure() throws IOException, InterruptedException {
            String path = "/api/v1/namespaces/" + namespace + "/configmaps";
            int objects = paced ? 1 : WRITERS;
            for (int i = 0; i < objects; i++) {
                writing.await(Call.post(path, Bodies.named("v1", "ConfigMap", "object-" + i)))
                        .require("creating");
            }
            String revision = writing.await(Call.get(path))
                    .json()
                    .path("metadata")
                    .path("resourceVersion")
                    .asString();
            List<EventReader> readers = new ArrayList<>();
            for (int i = 0; i < watchers; i++) {
                EventReader reader = new EventReader(objects);
                readers.add(reader);
                watching.send(i, Call.get(path + "?watch=true&resourceVersion=" + revision), reader);
            }
            Writing work = new Writing(path, objects, paced, readers);
            write(work, readers, bench.options().warmup());
            readers.forEach(EventReader::measure);
            List<Long> before = readers.stream().map(EventReader::events).toList();
            Meter meter = new Meter(bench.server());
            Result writes = write(work, readers, bench.options().time());
            report(meter, readers, before, writes);
        }

        /// Writes, then waits until every watcher has every event.
        private Result write(Writing work, List<EventReader> readers, Duration time) throws InterruptedException {
            work.restart();
            Result result = bench.loop(writing).run("writes", work.objects(), Duration.ZERO, time, work);
            long end = System.nanoTime() + ARRIVAL.toNanos();
            for (EventReader reader : readers) {
                while (reader.events() < work.total() && System.nanoTime() < end) {
                    Bench.pause();
                }
            }
            return result;
        }

        private void report(Meter meter, List<EventReader> readers, List<Long> before, Result writes) {
            Latencies latencies = new Latencies();
            long delivered = 0;
            long errors = writes.errors();
            for (int i = 0; i < readers.size(); i++) {
                EventReader reader = readers.get(i);
                latencies.add(reader.latencies());
                long got = reader.events() - before.get(i);
                delivered += got;
                errors += reader.errors() + Math.abs(writes.operations() - got);
                watching.cancel(i, reader);
            }
            readers.stream()
                    .map(EventReader::problem)
                    .filter(problem -> !problem.isEmpty())
                    .findFirst()
                    .ifPresent(problem -> System.err.println("watch: " + problem));
            bench.report(
                    meter.result(paced ? "watch-latency" : "watch-deliveries", watchers, delivered, latencies, errors)
                            .with("writesPerSecond", writes.rate())
                            .with("writeP99", writes.p99()));
        }
    }

    /// The writers. They stay ahead of the slowest watcher by a window at most: a watcher that falls behind further is
    /// cut off by any server.
    private static final class Writing implements ClosedLoop.Work {
        private static final int WINDOW = 400;
        private static final int LOOKED_AT = 8;
        private static final long PAUSE_NANOS = 200_000;

        private final String path;
        private final boolean paced;
        private final List<EventReader> readers;
        private final AtomicLongArray numbers;
        private final AtomicLong total = new AtomicLong();
        private long start;
        private long paces;

        Writing(String path, int objects, boolean paced, List<EventReader> readers) {
            this.path = path;
            this.paced = paced;
            this.readers = readers;
            this.numbers = new AtomicLongArray(objects);
        }

        void restart() {
            start = System.nanoTime();
            paces = 0;
        }

        int objects() {
            return numbers.length();
        }

        /// Writes since the first.
        long total() {
            return total.get();
        }

        @Override
        public Call next(int client) {
            if (paced) {
                awaitPace();
            } else {
                awaitWatchers();
            }
            String marker = EventReader.marker(client, numbers.incrementAndGet(client), System.nanoTime());
            return Call.patch(
                    path + "/object-" + client, PATCH, Bodies.bytes("{\"data\":{\"marker\":\"" + marker + "\"}}"));
        }

        private void awaitPace() {
            long due = start + paces++ * 1_000_000_000L / PACED_A_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }

        private void awaitWatchers() {
            long end = System.nanoTime() + ARRIVAL.toNanos();
            while (total.get() - slowest() > WINDOW && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private long slowest() {
            long slowest = Long.MAX_VALUE;
            int step = Math.max(1, readers.size() / LOOKED_AT);
            for (int i = readers.size() - 1; i >= 0; i -= step) {
                slowest = Math.min(slowest, readers.get(i).events());
            }
            return slowest;
        }

        @Override
        public boolean right(int client, int status, long bytes) {
            if (status == 200) {
                total.incrementAndGet();
            }
            return status == 200;
        }
    }
}
