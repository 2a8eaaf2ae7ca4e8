package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Receiver;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Meter;
import io.gantry.benchmarks.measure.Result;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Many informers that start at once, as after a restart of a control plane: each lists all pods at
/// `resourceVersion=0`, then watches. One operation is one informer, from its start until its watch is open. A client
/// that is told 429 waits and tries again, as client libraries do.
final class InformerScenario implements Scenario {
    private static final int CONNECTIONS = 50;
    private static final long PATIENCE_MINUTES = 5;
    private static final long RETRY_NANOS = 250_000_000;

    @Override
    public String name() {
        return "informers";
    }

    @Override
    public String description() {
        return "informers of all pods that start at once: list at resourceVersion=0, then watch";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        int count = bench.options().pods().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        try (LoadClient http =
                LoadClient.connect(bench.target(), CONNECTIONS, bench.options().threads())) {
            Pods pods = new Pods(bench, http, Bench.unique("informers"));
            bench.namespace(http, pods.namespace());
            try {
                pods.fill(0, count);
                measure(bench, pods, 1, count);
                measure(bench, pods, bench.options().informers(), count);
            } finally {
                bench.remove(http, pods.namespace(), "pods");
            }
        }
    }

    static void measure(Bench bench, Pods pods, int informers, int count) throws IOException, InterruptedException {
        int bytes = pods.http().await(Call.get(pods.path())).require("a list").body().length;
        CountDownLatch synced = new CountDownLatch(informers);
        AtomicLong errors = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        Latencies latencies = new Latencies();
        bench.server().resetPeak();
        Meter meter = new Meter(bench.server());
        for (int i = 0; i < informers; i++) {
            new Informer(pods, i, bytes, synced, errors, refused, latencies).list();
        }
        if (!synced.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            errors.addAndGet(synced.getCount());
        }
        synchronized (latencies) {
            Result result = meter.result("informers-" + count, informers, latencies, errors.get());
            bench.report(result.with("refused429", refused.get()).with("slowestSeconds", latencies.maxMillis() / 1000));
        }
    }

    private record Informer(
            Pods pods,
            int lane,
            int bytes,
            CountDownLatch synced,
            AtomicLong errors,
            AtomicLong refused,
            Latencies latencies) {
        private static final int SLACK_BYTES = 64;

        void list() {
            long start = System.nanoTime();
            pods.http().send(lane, Call.get(pods.path() + "?resourceVersion=0"), new Listing(start));
        }

        private void done(long start, boolean right) {
            synchronized (latencies) {
                latencies.record(System.nanoTime() - start);
            }
            if (!right) {
                errors.incrementAndGet();
            }
            synced.countDown();
        }

        private final class Listing implements Receiver {
            private final long start;
            private int status;
            private long got;

            Listing(long start) {
                this.start = start;
            }

            @Override
            public void head(int code) {
                status = code;
            }

            @Override
            public void data(ByteBuf piece) {
                got += piece.readableBytes();
            }

            @Override
            public void end() {
                if (status == 429) {
                    refused.incrementAndGet();
                    status = 0;
                    got = 0;
                    Thread.ofVirtual().start(() -> {
                        LockSupport.parkNanos(RETRY_NANOS);
                        pods.http().send(lane, Call.get(pods.path() + "?resourceVersion=0"), this);
                    });
                } else if (status != 200 || Math.abs(got - bytes) > SLACK_BYTES) {
                    done(start, false);
                } else {
                    pods.http()
                            .send(
                                    lane,
                                    Call.get(pods.path() + "?watch=true&timeoutSeconds=1&resourceVersion=0"
                                            + "&labelSelector=app%3Dnobody"),
                                    new Watching(start));
                }
            }

            @Override
            public void failed(String why) {
                done(start, false);
            }
        }

        private final class Watching implements Receiver {
            private final long start;

            Watching(long start) {
                this.start = start;
            }

            @Override
            public void head(int code) {
                done(start, code == 200);
            }

            @Override
            public void data(ByteBuf piece) {
                // No event is expected, and one would do no harm.
            }

            @Override
            public void end() {
                // The watch asked for one second.
            }

            @Override
            public void failed(String why) {
                // It was open before.
            }
        }
    }
}
