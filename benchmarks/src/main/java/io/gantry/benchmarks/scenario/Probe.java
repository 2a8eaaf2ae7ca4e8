package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Reply;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Meter;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// What somebody else feels while a scenario runs: at a steady pace one small object is read and written, on a
/// connection of its own. A request is timed from when it should have been sent, so that one that had to wait for a
/// slow
/// one counts as slow too.
final class Probe implements AutoCloseable {
    private static final long PACE_NANOS = 20_000_000;

    private final LoadClient http;
    private final String path;
    private final Bench bench;
    private final Meter meter;
    private final Latencies reads = new Latencies();
    private final Latencies writes = new Latencies();
    private final AtomicLong errors = new AtomicLong();
    private final Thread thread;
    private volatile boolean ended;

    /// Starts.
    ///
    /// @param path of a ConfigMap that is there
    Probe(Bench bench, String path) throws IOException {
        this.bench = bench;
        this.path = path;
        this.http = LoadClient.connect(bench.target(), 1, 1);
        this.meter = new Meter(bench.server());
        this.thread = Thread.ofPlatform().name("probe").start(this::run);
    }

    private void run() {
        long due = System.nanoTime();
        for (long number = 0; !ended; number++) {
            LockSupport.parkNanos(due - System.nanoTime());
            boolean write = number % 2 == 1;
            Call call = write
                    ? Call.patch(
                            path,
                            "application/merge-patch+json",
                            Bodies.bytes("{\"data\":{\"number\":\"" + number + "\"}}"))
                    : Call.get(path);
            ask(call, due, write ? writes : reads);
            due += PACE_NANOS;
        }
    }

    private void ask(Call call, long due, Latencies into) {
        try {
            Reply reply = http.await(call);
            if (reply.status() == 200) {
                into.record(System.nanoTime() - due);
            } else {
                errors.incrementAndGet();
            }
        } catch (IOException e) {
            errors.incrementAndGet();
        }
    }

    /// Ends, and reports what reads and writes took.
    void report(String name) throws InterruptedException {
        ended = true;
        thread.join();
        bench.report(meter.result(name + "-get", 1, reads, errors.get()).with("maxMillis", reads.maxMillis()));
        bench.report(meter.result(name + "-patch", 1, writes, 0).with("maxMillis", writes.maxMillis()));
    }

    @Override
    public void close() {
        ended = true;
        http.close();
    }
}
