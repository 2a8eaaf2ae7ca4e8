package io.gantry.benchmarks.self;

import io.gantry.benchmarks.http.Call;
import io.gantry.benchmarks.http.LoadClient;
import io.gantry.benchmarks.limit.EtcdLimit;
import io.gantry.benchmarks.limit.FsyncLimit;
import io.gantry.benchmarks.limit.StoreLimit;
import io.gantry.benchmarks.measure.ClosedLoop;
import io.gantry.benchmarks.measure.Result;
import io.gantry.benchmarks.report.TableReport;
import io.gantry.benchmarks.scenario.Bench;
import io.gantry.benchmarks.scenario.BenchOptions;
import io.gantry.benchmarks.scenario.ScenarioCatalog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Measures Gantry's API server alone, beside the limits of this machine, in one run.
public final class SelfRun {
    private static final Duration LIMIT_TIME = Duration.ofSeconds(3);
    private static final int CLIENTS = 64;
    private static final int APPLY_CLIENTS = 16;
    private static final int AT_ONCE = 20;
    private static final int PODS = 10_000;
    private static final int MANY_PODS = 50_000;
    /// The JIT compiler needs some 20,000 requests of a kind before figures hold.
    private static final Duration WARMUP = Duration.ofSeconds(3);

    private final BenchOptions options;
    private final List<String> serverOptions;
    private final TableReport table = new TableReport(System.out);
    private final List<Result> results = new ArrayList<>();

    public SelfRun(BenchOptions options, List<String> serverOptions) {
        this.options = options;
        this.serverOptions = List.copyOf(serverOptions);
    }

    public List<Result> run() throws IOException, InterruptedException {
        try (SelfServe self = new SelfServe()) {
            add(FsyncLimit.measure(self.directory(), LIMIT_TIME));
            add(StoreLimit.measure(self.directory().resolve("limit-store"), CLIENTS, LIMIT_TIME));
            etcd(self);
            try (Ceiling ceiling = self.ceiling()) {
                ceiling(ceiling, CLIENTS, true);
                ceiling(ceiling, CLIENTS, false);
                ceiling(ceiling, APPLY_CLIENTS, false);
                ceiling(ceiling, 1, false);
            }
            try (OwnServer server = self.server(serverOptions)) {
                server(server);
            }
        }
        System.out.println();
        System.out.print(Goals.table(results));
        return results;
    }

    private void add(Result result) {
        table.add(result);
        results.add(result);
    }

    private void etcd(SelfServe self) throws IOException, InterruptedException {
        Optional<EtcdServer> etcd = EtcdServer.start(self.directory());
        if (etcd.isPresent()) {
            try (EtcdServer server = etcd.get()) {
                add(EtcdLimit.measure(server.address(), server.use(), CLIENTS, options.warmup(), LIMIT_TIME));
            }
        }
    }

    /// @param warming whether this is the warm-up, which is not told
    private void ceiling(Ceiling ceiling, int clients, boolean warming) throws IOException, InterruptedException {
        byte[] body = new byte[1024];
        Consumer<Result> results = warming ? result -> {} : this::add;
        Duration warmup = warming ? WARMUP : options.warmup();
        try (LoadClient http =
                LoadClient.connect(ceiling.target(), Math.min(clients, options.connections()), options.threads())) {
            ClosedLoop loop = new ClosedLoop(http, ceiling.use());
            results.accept(loop.run(
                    "ceiling-create",
                    clients,
                    warmup,
                    options.time(),
                    new Fixed(Call.post("/api/v1/namespaces/bench/configmaps", body), 201)));
            results.accept(loop.run(
                    "ceiling-get",
                    clients,
                    warmup,
                    options.time(),
                    new Fixed(Call.get("/api/v1/namespaces/bench/configmaps/one"), 200)));
            if (clients == 1) {
                Fixed list = new Fixed(Call.get("/list"), 200);
                results.accept(loop.run("ceiling-list", 1, warmup, options.time(), list));
            }
        }
        if (clients == 1) {
            try (LoadClient http = LoadClient.connect(ceiling.target(), AT_ONCE, options.threads())) {
                results.accept(new ClosedLoop(http, ceiling.use())
                        .run(
                                "ceiling-list",
                                AT_ONCE,
                                options.warmup(),
                                options.time(),
                                new Fixed(Call.get("/list"), 200)));
            }
        }
    }

    private void server(OwnServer server) throws IOException, InterruptedException {
        Bench warming = new Bench(server.target(), server.use(), options, result -> {}, Optional.empty());
        ScenarioCatalog.find("configmaps")
                .run(warming.withOptions(options.withClients(CLIENTS).withTimes(WARMUP, WARMUP)));
        Bench bench = new Bench(server.target(), server.use(), options, this::add, Optional.of(server));
        ScenarioCatalog.find("configmaps").run(bench.withOptions(options.withClients(CLIENTS, APPLY_CLIENTS, 1)));
        ScenarioCatalog.find("pod-create").run(bench.withOptions(options.withClients(CLIENTS)));
        ScenarioCatalog.find("watches").run(bench.withOptions(options.withWatchers(200, 1000)));
        ScenarioCatalog.find("fairness").run(bench.withOptions(options.withPods(PODS)));
        ScenarioCatalog.find("lists").run(bench.withOptions(options.withPods(PODS, MANY_PODS)));
    }

    private record Fixed(Call call, int expected) implements ClosedLoop.Work {
        @Override
        public Call next(int client) {
            return call;
        }

        @Override
        public boolean right(int client, int status, long bytes) {
            return status == expected;
        }
    }
}
