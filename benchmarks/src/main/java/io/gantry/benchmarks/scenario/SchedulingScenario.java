package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Receiver;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Meter;
import io.gantry.benchmarks.measure.Result;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Creates pods for the cluster's own scheduler and waits until each is bound: pods a second from the first create to
/// the last bind, and the time of each from its creation to its bind. The nodes must be there.
final class SchedulingScenario implements Scenario {
    private static final int CLIENTS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Override
    public String name() {
        return "scheduling";
    }

    @Override
    public String description() {
        return "creates --objects pods and waits until the cluster's scheduler has bound each (needs nodes)";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        try (LoadClient http = bench.connect(CLIENTS);
                LoadClient watching = LoadClient.connect(bench.target(), 1, 1)) {
            String namespace = Bench.unique("scheduling");
            bench.namespace(http, namespace);
            try {
                measure(bench, http, watching, "/api/v1/namespaces/" + namespace + "/pods");
            } finally {
                bench.remove(http, namespace, "pods");
            }
        }
    }

    private static void measure(Bench bench, LoadClient http, LoadClient watching, String path)
            throws InterruptedException {
        int pods = bench.options().objects();
        Binds binds = new Binds(pods);
        watching.send(0, Call.get(path + "?watch=true"), binds);
        Meter meter = new Meter(bench.server());
        AtomicInteger next = new AtomicInteger();
        Result created = bench.loop(http).run("create", CLIENTS, Duration.ZERO, PATIENCE, new ClosedLoop.Work() {
            @Override
            public @Nullable Call next(int client) {
                int number = next.getAndIncrement();
                if (number >= pods) {
                    return null;
                }
                String name = "pod-" + number;
                binds.created.put(name, System.nanoTime());
                return Call.post(path, Bodies.bytes(Bodies.pod(name, number, "default-scheduler", 0)));
            }

            @Override
            public boolean right(int client, int status, long bytes) {
                return status == 201;
            }
        });
        boolean all = binds.missing.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Result result =
                meter.result("scheduling", CLIENTS, pods - binds.missing.getCount(), binds.latencies, created.errors());
        watching.cancel(0, binds);
        bench.report(result.with("createsPerSecond", created.rate())
                .with("createP99", created.p99())
                .withErrors(all ? 0 : binds.missing.getCount()));
    }

    /// Reads the watch of the pods: `spec.nodeName` is the bind.
    private static final class Binds implements Receiver {
        private static final String NAME = "\"name\":\"pod-";
        private static final String NODE = "\"nodeName\":\"";

        private final Map<String, Long> created = new ConcurrentHashMap<>();
        private final CountDownLatch missing;
        private final Latencies latencies = new Latencies();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Binds(int pods) {
            missing = new CountDownLatch(pods);
        }

        @Override
        public void head(int status) {
            if (status != 200) {
                failed("HTTP " + status);
            }
        }

        @Override
        public void data(ByteBuf bytes) {
            int from = bytes.readerIndex();
            int end = bytes.writerIndex();
            while (from < end) {
                int stop = bytes.indexOf(from, end, (byte) '\n');
                byte[] piece = new byte[(stop < 0 ? end : stop) - from];
                bytes.getBytes(from, piece);
                line.writeBytes(piece);
                if (stop < 0) {
                    return;
                }
                event(line.toString(StandardCharsets.UTF_8));
                line.reset();
                from = stop + 1;
            }
        }

        private void event(String event) {
            int name = event.indexOf(NAME);
            if (name < 0 || !event.contains(NODE)) {
                return;
            }
            int start = name + "\"name\":\"".length();
            Long begun = created.remove(event.substring(start, event.indexOf('"', start)));
            if (begun != null) {
                latencies.record(System.nanoTime() - begun);
                missing.countDown();
            }
        }

        @Override
        public void end() {
            failed("the server ended the watch");
        }

        @Override
        public void failed(String why) {
            System.err.println("the watch of the pods: " + why);
        }
    }
}
