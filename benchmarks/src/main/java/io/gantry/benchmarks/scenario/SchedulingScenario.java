package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Meter;
import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Creates pods for the cluster's own scheduler and waits until each is bound: pods a second from the first create to
/// the last bind, and the time of each from its creation to its bind; then until all run, and until all are deleted
/// again by their kubelets. The nodes must be there. A probe tells what others feel meanwhile.
final class SchedulingScenario implements Scenario {
    private static final int CLIENTS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int DELETIONS = 10;
    private static final Duration DELETION = Duration.ofMinutes(20);

    /// How long nothing may happen.
    private static final Duration STANDSTILL = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "scheduling";
    }

    @Override
    public String description() {
        return "creates --objects pods and waits until the cluster's scheduler has bound each, all run, and all are "
                + "deleted again (needs nodes)";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        try (LoadClient http = bench.connect(CLIENTS);
                LoadClient watching = LoadClient.connect(bench.target(), 1, 1)) {
            String namespace = Bench.unique("scheduling");
            bench.namespace(http, namespace);
            String probed = "/api/v1/namespaces/" + namespace + "/configmaps";
            http.await(Call.post(probed, Bodies.named("v1", "ConfigMap", "probed")))
                    .require("creating a ConfigMap");
            try (Probe probe = new Probe(bench, probed + "/probed")) {
                new Run(bench, http, watching, probe, "/api/v1/namespaces/" + namespace + "/pods").measure();
            } finally {
                bench.remove(http, namespace, "pods");
            }
        }
    }

    private record Run(Bench bench, LoadClient http, LoadClient watching, Probe probe, String path) {
        void measure() throws IOException, InterruptedException {
            int pods = bench.options().objects();
            PodWatch watch = new PodWatch(pods);
            watching.send(0, Call.get(path + "?watch=true&timeoutSeconds=3600"), watch);
            Meter meter = new Meter(bench.server());
            long began = System.nanoTime();
            Result created = create(pods, watch);
            long unbound = PodWatch.await(watch.unbound(), STANDSTILL);
            double seconds = (watch.lastBind() - began) / 1e9;
            Result result = meter.result("scheduling", CLIENTS, pods - unbound, watch.binds(), created.errors());
            bench.report(result.with("createsPerSecond", created.rate())
                    .with("createP99", created.p99())
                    .with("boundPerSecond", (pods - unbound) / seconds)
                    .withErrors(unbound));
            long waiting = PodWatch.await(watch.notRunning(), STANDSTILL);
            bench.report(meter.result("scheduling-running", CLIENTS, pods - waiting, new Latencies(), waiting));
            probe.report("scheduling");
            Meter deleting = new Meter(bench.server());
            deleteAll();
            long left = PodWatch.await(watch.notGone(), STANDSTILL);
            watching.cancel(0, watch);
            bench.report(deleting.result("scheduling-delete", 1, pods - left, new Latencies(), left + watch.errors()));
        }

        /// One request, which takes as long as it takes; what a server that breaks it off did until then is done.
        private void deleteAll() {
            for (int tries = 0; tries < DELETIONS; tries++) {
                try {
                    if (http.await(Call.delete(path), DELETION).status() == 200) {
                        return;
                    }
                } catch (IOException e) {
                    System.err.println("deleting all pods, again: " + e.getMessage());
                }
            }
        }

        private Result create(int pods, PodWatch watch) throws InterruptedException {
            AtomicInteger next = new AtomicInteger();
            return bench.loop(http).run("create", CLIENTS, Duration.ZERO, PATIENCE, new ClosedLoop.Work() {
                @Override
                public @Nullable Call next(int client) {
                    int number = next.getAndIncrement();
                    if (number >= pods) {
                        return null;
                    }
                    String name = "pod-" + number;
                    watch.creating(name);
                    return Call.post(path, Bodies.bytes(Bodies.pod(name, number, "default-scheduler", 0)));
                }

                @Override
                public boolean right(int client, int status, long bytes) {
                    return status == 201;
                }
            });
        }
    }
}
