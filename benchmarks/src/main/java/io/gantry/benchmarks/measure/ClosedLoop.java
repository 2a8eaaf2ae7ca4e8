package io.gantry.benchmarks.measure;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Receiver;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Clients that each send the next request when the last one is answered.
public final class ClosedLoop {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// What the clients do. Called on event loops; a client is always on the same one.
    public interface Work {
        /// What a client sends first, which is not measured: it brings the client onto its event loop.
        default Call first() {
            return Call.get("/version");
        }

        /// The next request of a client, null when there is none left.
        @Nullable
        Call next(int client);

        /// Whether an answer was right.
        boolean right(int client, int status, long bytes);
    }

    /// Where requests go.
    interface Sender {
        void send(int lane, Call call, Receiver receiver);
    }

    private final Sender http;
    private final ProcessUse server;

    public ClosedLoop(LoadClient http, ProcessUse server) {
        this(http::send, server);
    }

    ClosedLoop(Sender http, ProcessUse server) {
        this.http = http;
        this.server = server;
    }

    /// Runs, first unmeasured for the time of the warm-up.
    ///
    /// @param time how long is measured, unless the work ends before
    public Result run(String name, int clients, Duration warmup, Duration time, Work work) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(clients);
        long end = System.nanoTime() + warmup.toNanos() + time.toNanos();
        List<Client> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            all.add(new Client(i, work, end, done));
        }
        boolean cold = warmup.isZero();
        if (cold) {
            // Before the first request: an answer that comes at once counts too.
            all.forEach(Client::measure);
        }
        Meter meter = new Meter(server);
        all.forEach(client -> http.send(client.index, work.first(), client.starting()));
        if (!cold) {
            done.await(warmup.toNanos(), TimeUnit.NANOSECONDS);
            meter = new Meter(server);
            all.forEach(Client::measure);
        }
        if (!done.await(time.plus(PATIENCE).toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException(name + ": answers are missing");
        }
        Latencies total = new Latencies();
        long errors = 0;
        for (Client client : all) {
            total.add(client.latencies);
            errors += client.errors;
        }
        return meter.result(name, clients, total, errors);
    }

    private final class Client implements Receiver {
        private final int index;
        private final Work work;
        private final long end;
        private final CountDownLatch done;
        private final Latencies latencies = new Latencies();
        private volatile boolean measuring;
        private long errors;
        private long sent;
        private int status;
        private long bytes;

        Client(int index, Work work, long end, CountDownLatch done) {
            this.index = index;
            this.work = work;
            this.end = end;
            this.done = done;
        }

        void measure() {
            measuring = true;
        }

        /// Begins on the event loop of the client's lane: with the answer to a first request that does not count.
        Receiver starting() {
            return new Receiver() {
                @Override
                public void head(int code) {}

                @Override
                public void data(ByteBuf piece) {}

                @Override
                public void end() {
                    next();
                }

                @Override
                public void failed(String why) {
                    Client.this.failed(why);
                }
            };
        }

        private void next() {
            Call call = System.nanoTime() < end ? work.next(index) : null;
            if (call == null) {
                done.countDown();
                return;
            }
            status = 0;
            bytes = 0;
            sent = System.nanoTime();
            http.send(index, call, this);
        }

        @Override
        public void head(int code) {
            status = code;
        }

        @Override
        public void data(ByteBuf piece) {
            bytes += piece.readableBytes();
        }

        @Override
        public void end() {
            long took = System.nanoTime() - sent;
            boolean right = work.right(index, status, bytes);
            if (measuring) {
                latencies.record(took);
                errors += right ? 0 : 1;
            }
            next();
        }

        @Override
        public void failed(String why) {
            errors++;
            done.countDown();
        }
    }
}
