package io.gantry.benchmarks;

import io.gantry.benchmarks.http.Target;
import io.gantry.benchmarks.measure.ProcessUse;
import io.gantry.benchmarks.measure.Result;
import io.gantry.benchmarks.report.JsonReport;
import io.gantry.benchmarks.report.SvgPlots;
import io.gantry.benchmarks.report.TableReport;
import io.gantry.benchmarks.scenario.Bench;
import io.gantry.benchmarks.scenario.BenchOptions;
import io.gantry.benchmarks.scenario.Scenario;
import io.gantry.benchmarks.scenario.ScenarioCatalog;
import io.gantry.benchmarks.self.OwnServer;
import io.gantry.benchmarks.self.SelfRun;
import io.gantry.benchmarks.self.SelfServe;
import io.gantry.client.Kubeconfig;
import io.gantry.component.ProcessLogging;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `gantry bench`: measures any cluster that a kubeconfig leads to.
@Command(
        name = "gantry bench",
        mixinStandardHelpOptions = true,
        description = "Measures any Kubernetes cluster, given a kubeconfig. It works in namespaces of its own, "
                + "gantry-bench-…, and removes them.")
public final class BenchMain implements Callable<Integer> {
    @Option(names = "--kubeconfig", description = "the cluster (default: $KUBECONFIG, then ~/.kube/config)")
    private @Nullable Path kubeconfig;

    @Option(names = "--list", description = "show the scenarios")
    private boolean list;

    @Option(names = "--scenario", split = ",", description = "what to measure (default: ${DEFAULT-VALUE})")
    private List<String> scenarios = List.of("configmaps", "pods");

    @Option(names = "--clients", split = ",", description = "clients at once (default: 1,16,64,256)")
    private List<Integer> clients = List.of(1, 16, 64, 256);

    @Option(names = "--seconds", description = "how long each run is measured (default: ${DEFAULT-VALUE})")
    private double seconds = 5;

    @Option(names = "--warmup", description = "seconds before each run (default: ${DEFAULT-VALUE})")
    private double warmup = 2;

    @Option(names = "--objects", description = "objects that reads and writes work on (default: ${DEFAULT-VALUE})")
    private int objects = 5000;

    @Option(names = "--pods", split = ",", description = "pods that lists and informers have (default: 10000)")
    private List<Integer> pods = List.of(10_000);

    @Option(names = "--watchers", split = ",", description = "watchers at once (default: 100,1000)")
    private List<Integer> watchers = List.of(100, 1000);

    @Option(names = "--informers", description = "informers that start at once (default: ${DEFAULT-VALUE})")
    private int informers = 100;

    @Option(
            names = "--connections",
            description = "at most so many; each client has its own below that (default: ${DEFAULT-VALUE})")
    private int connections = 256;

    @Option(names = "--threads", description = "event loops of the load client (default: ${DEFAULT-VALUE})")
    private int threads = 2;

    @Option(names = "--server-pid", description = "the API server's process, for its processor time and memory")
    private @Nullable Long serverPid;

    @Option(
            names = "--self-server",
            description = "start an API server alone (embedded store, TLS, RBAC) and measure that one")
    private boolean selfServer;

    @Option(names = "--server-option", description = "an option for the virtual machine of --self-server")
    private List<String> serverOptions = List.of();

    @Option(names = "--svg", description = "draw the results into this folder")
    private @Nullable Path svg;

    @Option(names = "--json", description = "write the results here")
    private @Nullable Path json;

    public static void main(String[] arguments) {
        ProcessLogging.start("bench");
        System.exit(new CommandLine(new BenchMain()).execute(arguments));
    }

    @Option(
            names = "--self",
            description = "measure Gantry's API server alone beside the limits of this machine, and print the table of "
                    + "docs/performance.md")
    private boolean self;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            ScenarioCatalog.all().forEach(s -> System.out.printf("%-24s %s%n", s.name(), s.description()));
            return 0;
        }
        if (self) {
            List<Result> results = new SelfRun(options(), serverOptions).run();
            write(results);
            return 0;
        }
        if (!selfServer) {
            return measure(
                    Target.of(Kubeconfig.load(kubeconfigFile())),
                    Optional.ofNullable(serverPid).map(ProcessUse::of).orElseGet(ProcessUse::unknown),
                    Optional.empty());
        }
        try (SelfServe self = new SelfServe();
                OwnServer server = self.server(serverOptions)) {
            return measure(server.target(), server.use(), Optional.of(server));
        }
    }

    private int measure(Target target, ProcessUse server, Optional<Bench.Restart> restart)
            throws IOException, InterruptedException {
        TableReport table = new TableReport(System.out);
        List<Result> results = new ArrayList<>();
        Bench bench = new Bench(
                target,
                server,
                options(),
                result -> {
                    table.add(result);
                    results.add(result);
                },
                restart);
        for (Scenario scenario : scenarios.stream().map(ScenarioCatalog::find).toList()) {
            scenario.run(bench);
        }
        write(results);
        return results.stream().anyMatch(result -> result.errors() > 0) ? 1 : 0;
    }

    private void write(List<Result> results) throws IOException {
        if (json != null) {
            JsonReport.write(json, results);
        }
        if (svg != null) {
            SvgPlots.write(svg, results);
        }
    }

    private BenchOptions options() {
        return new BenchOptions(
                clients, millis(seconds), millis(warmup), objects, pods, watchers, informers, connections, threads);
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private Path kubeconfigFile() {
        if (kubeconfig != null) {
            return kubeconfig;
        }
        String variable = System.getenv("KUBECONFIG");
        return variable == null || variable.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".kube", "config")
                : Path.of(variable.split(File.pathSeparator)[0]);
    }
}
