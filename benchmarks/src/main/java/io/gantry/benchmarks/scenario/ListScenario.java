package io.gantry.benchmarks.scenario;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.http.Reply;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.Latencies;
import io.gantry.benchmarks.measure.Meter;
import io.gantry.benchmarks.measure.Result;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/// Lists of many pods, in every form that clients ask for.
final class ListScenario implements Scenario {
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    private static final int AT_ONCE = 20;
    private static final int CONNECTIONS = 32;
    private static final int SMALL_AT_ONCE = 4;
    private static final int PAGE = 500;
    private static final int RESTARTS = 3;

    @Override
    public String name() {
        return "lists";
    }

    @Override
    public String description() {
        return "lists of many pods: whole, resourceVersion=0, chunks, selectors, Table, gzip, 20 at once; memory";
    }

    @Override
    public void run(Bench bench) throws IOException, InterruptedException {
        try (LoadClient http =
                LoadClient.connect(bench.target(), CONNECTIONS, bench.options().threads())) {
            Pods pods = new Pods(bench, http, Bench.unique("lists"));
            bench.namespace(http, pods.namespace());
            try {
                int there = 0;
                for (int count : bench.options().pods().stream().sorted().toList()) {
                    OptionalDouble before = bench.server().rssMegabytes();
                    pods.fill(there, count);
                    Run run = new Run(bench, pods, count);
                    if (there == 0) {
                        run.measure(before, count);
                    } else {
                        run.measureFew();
                    }
                    there = count;
                }
                if (bench.restart().isPresent()) {
                    restart(bench, pods, there, bench.restart().get());
                }
            } finally {
                if (bench.restart().isEmpty()) { // a server of our own goes away with all it has
                    removeAll(bench, pods.namespace());
                }
            }
        }
    }

    /// On a connection of its own: those of the measurement may have ended with the server.
    private static void removeAll(Bench bench, String namespace) throws IOException {
        try (LoadClient http = LoadClient.connect(bench.target(), 1, 1)) {
            bench.remove(http, namespace, "pods");
        }
    }

    /// Restarts with all the pods: from the start of the process until a list is answered. The median: one alone
    /// differs by a third from the next.
    private static void restart(Bench bench, Pods pods, int count, Bench.Restart restart)
            throws IOException, InterruptedException {
        double[] seconds = new double[RESTARTS];
        for (int i = 0; i < RESTARTS; i++) {
            seconds[i] = restart.restart(pods.path() + "?limit=1");
        }
        Arrays.sort(seconds);
        Bench again = bench.withServer(restart.use());
        try (LoadClient http = LoadClient.connect(bench.target(), 1, 1)) {
            boolean right = again.count(http, pods.path()) == count;
            Result result = new Meter(restart.use()).result("restart-" + count, 1, 1, new Latencies(), right ? 0 : 1);
            bench.report(result.with("secondsUntilListed", seconds[RESTARTS / 2])
                    .with("secondsUntilListedAtMost", seconds[RESTARTS - 1])
                    .with("rssMegabytes", restart.use().rssMegabytes().orElse(0)));
        }
    }

    private record Run(Bench bench, Pods pods, int count) {
        void measure(OptionalDouble before, int added) throws IOException, InterruptedException {
            Result whole = list("whole", 1, Call.get(pods.path()), count);
            OptionalDouble after = bench.server().rssMegabytes();
            bench.report(
                    before.isPresent() && after.isPresent()
                            ? whole.with("rssMegabytes", after.getAsDouble())
                                    .with(
                                            "megabytesPer10000",
                                            (after.getAsDouble() - before.getAsDouble()) * 10_000 / Math.max(1, added))
                            : whole);
            bench.report(list("cached", 1, Call.get(pods.path() + "?resourceVersion=0"), count));
            bench.report(list("page", 1, Call.get(pods.path() + "?limit=" + PAGE), Math.min(PAGE, count)));
            bench.report(chunks());
            bench.report(list(
                    "one-percent", 1, Call.get(pods.path() + "?labelSelector=hundredth%3Dyes"), (count + 99) / 100));
            bench.report(list("nothing", 1, Call.get(pods.path() + "?labelSelector=app%3Dnobody"), 0));
            bench.report(list("nothing", SMALL_AT_ONCE, Call.get(pods.path() + "?labelSelector=app%3Dnobody"), 0));
            bench.report(list("table", 1, Call.get(pods.path()).accepting(TABLE), count));
            bench.report(list("gzip", 1, Call.get(pods.path()).gzipped(), -1));
            manyAtOnce();
            if (bench.options().informers() > 0) {
                InformerScenario.measure(bench, pods, 1, count);
                InformerScenario.measure(bench, pods, bench.options().informers(), count);
            }
        }

        /// What must not grow with the number of objects.
        void measureFew() throws IOException, InterruptedException {
            bench.report(list("page", 1, Call.get(pods.path() + "?limit=" + PAGE), PAGE));
            bench.report(list("nothing", 1, Call.get(pods.path() + "?labelSelector=app%3Dnobody"), 0));
            bench.report(list("whole", 1, Call.get(pods.path()), count));
        }

        private String name(String form) {
            return "list-" + count + "-" + form;
        }

        /// @param items how many the answer must have; negative for a compressed answer, which is not looked into
        private Result list(String form, int clients, Call call, int items) throws IOException, InterruptedException {
            Reply reply = pods.http().await(call).require(name(form));
            boolean right = items < 0 || reply.items() == items;
            Each each = new Each(call, reply.body().length);
            Result result = bench.loop(pods.http())
                    .run(
                            name(form),
                            clients,
                            bench.options().warmup().dividedBy(2),
                            bench.options().time(),
                            each);
            return result.with("megabytes", reply.body().length / 1e6).withErrors(right ? 0 : 1);
        }

        private static int items(JsonNode list) {
            return list.has("rows")
                    ? list.path("rows").size()
                    : list.path("items").size();
        }

        /// The whole list in pages of 500: one operation is all of them.
        private Result chunks() throws IOException {
            Meter meter = new Meter(bench.server());
            Latencies latencies = new Latencies();
            long errors = 0;
            while (meter.seconds() < bench.options().time().toMillis() / 1e3) {
                long start = System.nanoTime();
                errors += walk() == count ? 0 : 1;
                latencies.record(System.nanoTime() - start);
            }
            return meter.result(name("chunks"), 1, latencies, errors);
        }

        private int walk() throws IOException {
            int seen = 0;
            String token = "";
            do {
                JsonNode page = pods.http()
                        .await(Call.get(pods.path() + "?limit=" + PAGE + (token.isEmpty() ? "" : "&continue=" + token)))
                        .require("a page")
                        .json();
                seen += items(page);
                token = page.path("metadata").path("continue").asString("");
            } while (!token.isEmpty());
            return seen;
        }

        private void manyAtOnce() throws IOException, InterruptedException {
            OptionalDouble before = bench.server().rssMegabytes();
            bench.server().resetPeak();
            Result result = list("at-once", AT_ONCE, Call.get(pods.path()), count);
            OptionalDouble peak = bench.server().peakMegabytes();
            bench.report(
                    before.isPresent() && peak.isPresent()
                            ? result.with("megabytesAdded", peak.getAsDouble() - before.getAsDouble())
                            : result);
        }
    }

    /// The same answer each time, but for the length of the revision in it.
    private record Each(Call call, long bytes) implements ClosedLoop.Work {
        private static final int SLACK_BYTES = 64;
        private static final double COMPRESSION_SLACK = 0.02;

        @Override
        public Call next(int client) {
            return call;
        }

        @Override
        public boolean right(int client, int status, long got) {
            return status == 200 && Math.abs(got - bytes) <= SLACK_BYTES + COMPRESSION_SLACK * bytes;
        }
    }
}
