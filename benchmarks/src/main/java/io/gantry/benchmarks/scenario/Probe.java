package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Receiver;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Meter;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What somebody else feels while a scenario runs: at a steady pace, whether or not the one before was answered, one
/// small object is read and written, on a connection of its own.
final class Probe implements AutoCloseable {
    private static final long PACE_NANOS = 20_000_000;

    /// How many may wait for their answer before one more counts as failed.
    private static final int MAX_WAITING = 90;

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

    private final LoadClient http;
    private final String path;
    private final Bench bench;
    private final Meter meter;
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private final Kind reads = new Kind();
    private final Kind writes = new Kind();
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
            Kind kind = number % 2 == 1 ? writes : reads;
            if (room.tryAcquire()) {
                http.send(0, kind == writes ? patch(number) : Call.get(path), new One(kind));
            } else {
                kind.failed();
            }
            due += PACE_NANOS;
        }
    }

    private Call patch(long number) {
        return Call.patch(
                path, "application/merge-patch+json", Bodies.bytes("{\"data\":{\"number\":\"" + number + "\"}}"));
    }

    /// Ends, and reports what reads and writes took.
    void report(String name) throws InterruptedException {
        ended = true;
        thread.join();
        if (!room.tryAcquire(MAX_WAITING, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
            reads.failed();
        }
        reads.report(bench, meter, name + "-get");
        writes.report(bench, meter, name + "-patch");
    }

    @Override
    public void close() {
        ended = true;
        http.close();
    }

    private static final class Kind {
        private final Latencies latencies = new Latencies();
        private long errors;

        synchronized void answered(long nanos) {
            latencies.record(nanos);
        }

        synchronized void failed() {
            errors++;
        }

        synchronized void report(Bench bench, Meter meter, String name) {
            bench.report(meter.result(name, 1, latencies, errors).with("maxMillis", latencies.maxMillis()));
        }
    }

    private final class One implements Receiver {
        private final Kind kind;
        private final long sent = System.nanoTime();
        private int status;

        One(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void head(int code) {
            status = code;
        }

        @Override
        public void data(ByteBuf bytes) {
            // Only the end counts.
        }

        @Override
        public void end() {
            if (status == 200) {
                kind.answered(System.nanoTime() - sent);
            } else {
                kind.failed();
            }
            room.release();
        }

        @Override
        public void failed(String why) {
            kind.failed();
            room.release();
        }
    }
}
