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

/// Measures Gantry's API server alone, beside the limits of this machine, in one run.
public final class SelfRun {
    private static final Duration LIMIT_TIME = Duration.ofSeconds(3);
    private static final int CLIENTS = 64;
    private static final int APPLY_CLIENTS = 16;

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
                ceiling(ceiling, 1);
                ceiling(ceiling, CLIENTS);
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

    private void ceiling(Ceiling ceiling, int clients) throws IOException, InterruptedException {
        byte[] body = new byte[1024];
        try (LoadClient http =
                LoadClient.connect(ceiling.target(), Math.min(clients, options.connections()), options.threads())) {
            ClosedLoop loop = new ClosedLoop(http, ceiling.use());
            add(loop.run(
                    "ceiling-create",
                    clients,
                    options.warmup(),
                    options.time(),
                    new Fixed(Call.post("/api/v1/namespaces/bench/configmaps", body), 201)));
            add(loop.run(
                    "ceiling-get",
                    clients,
                    options.warmup(),
                    options.time(),
                    new Fixed(Call.get("/api/v1/namespaces/bench/configmaps/one"), 200)));
            if (clients == 1) {
                Fixed list = new Fixed(Call.get("/list"), 200);
                add(loop.run("ceiling-list", 1, options.warmup(), options.time(), list));
                add(loop.run("ceiling-list", 20, Duration.ZERO, options.time(), list));
            }
        }
    }

    private void server(OwnServer server) throws IOException, InterruptedException {
        Bench bench = new Bench(server.target(), server.use(), options, this::add);
        ScenarioCatalog.find("configmaps").run(bench.withOptions(options.withClients(1, APPLY_CLIENTS, CLIENTS)));
        ScenarioCatalog.find("pod-create").run(bench.withOptions(options.withClients(CLIENTS)));
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
