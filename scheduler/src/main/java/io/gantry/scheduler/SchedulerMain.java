package io.gantry.scheduler;

import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.leader.LeaderElection;
import io.gantry.client.leader.LeaderElector;
import io.gantry.client.pages.ProcessPages;
import io.gantry.component.ComponentMain;
import io.gantry.component.Flags;
import io.gantry.component.HealthServer;
import io.gantry.component.Metrics;
import io.gantry.scheduler.config.ElectionSettings;
import io.gantry.scheduler.config.SchedulerConfiguration;
import io.gantry.scheduler.framework.Profiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

/// The scheduler process: gives each pod without a node one.
///
/// Flags: `--kubeconfig`, `--config` (a `KubeSchedulerConfiguration`), `--leader-elect` (default true),
/// `--scheduler-name`, `--health-address` (default 127.0.0.1:10259), `--seed` (decides among equally good
/// nodes; default the time of start), `--record-decisions=FILE` (writes what `gantry replay FILE` decides
/// again).
public final class SchedulerMain {
    private static final String DEFAULT_HEALTH_ADDRESS = "127.0.0.1:10259";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private SchedulerMain() {}

    public static void main(String[] arguments) throws Exception {
        ComponentMain.run("scheduler", arguments, SchedulerMain::run);
    }

    private static void run(Flags flags) throws IOException, InterruptedException {
        Optional<Path> file = flags.optionalPath("config");
        String asked = flags.string("scheduler-name", Profiles.DEFAULT_NAME);
        SchedulerConfiguration configuration =
                file.map(SchedulerConfiguration::load).orElseGet(() -> SchedulerConfiguration.defaults(asked));
        Kubeconfig kubeconfig = Kubeconfig.load(flags.optionalPath("kubeconfig")
                .or(() -> configuration.kubeconfig().map(Path::of))
                .orElseGet(() -> flags.path("kubeconfig")));
        String healthAddress = flags.string("health-address", DEFAULT_HEALTH_ADDRESS);
        ElectionSettings election = election(flags, configuration);
        long seed = Long.parseLong(flags.string("seed", Long.toString(System.nanoTime())));
        Optional<Path> record = flags.optionalPath("record-decisions");
        flags.rejectUnknown();

        Metrics metrics = new Metrics();
        CountDownLatch stopped = new CountDownLatch(1);
        List<RunningScheduler> running = new CopyOnWriteArrayList<>();
        try (HealthServer health = HealthServer.start(healthAddress, List.of(), metrics);
                ApiClient client = ApiClient.connect(kubeconfig, "kube-scheduler")) {
            ProcessPages.of("kube-scheduler", flags).on(health);
            metrics.lookUp(client::metrics);
            metrics.lookUp(() ->
                    running.stream().findFirst().map(RunningScheduler::waiting).orElse(""));
            health.serve("/metrics/resources", () -> HealthServer.Page.text(podResources(running)));
            if (election.elect()) {
                runElected(
                        client,
                        election,
                        metrics,
                        fenced -> shown(RunningScheduler.start(fenced, configuration, seed, metrics, record), running),
                        stopped);
            } else {
                RunningScheduler alone =
                        shown(RunningScheduler.start(client, configuration, seed, metrics, record), running);
                onTermination(alone::close, stopped);
                stopped.await();
            }
        }
    }

    private static String podResources(List<RunningScheduler> running) {
        return running.stream().findFirst().map(RunningScheduler::podResources).orElse("");
    }

    /// What this one knows of pods is what `/metrics/resources` shows from now on.
    private static RunningScheduler shown(RunningScheduler now, List<RunningScheduler> running) {
        running.clear();
        running.add(now);
        return now;
    }

    /// The flag goes before the file.
    private static ElectionSettings election(Flags flags, SchedulerConfiguration configuration) {
        String name = configuration.firstName();
        ElectionSettings settings = configuration
                .election()
                .orElseGet(
                        () -> ElectionSettings.of(true, name.equals(Profiles.DEFAULT_NAME) ? "kube-scheduler" : name));
        return settings.withElect(flags.bool("leader-elect", settings.elect()));
    }

    private static void runElected(
            ApiClient client,
            ElectionSettings settings,
            Metrics metrics,
            Function<ApiClient, RunningScheduler> start,
            CountDownLatch stopped)
            throws IOException, InterruptedException {
        LeaderElector elector = new LeaderElector(
                client,
                new LeaderElection(
                        settings.namespace(),
                        settings.name(),
                        LeaderElection.holder(),
                        settings.leaseDuration(),
                        settings.renewDeadline(),
                        settings.retryPeriod()));
        metrics.lookUp(elector::metrics);
        onTermination(elector::close, stopped);
        while (stopped.getCount() > 0) {
            lead(elector, client, start, RunningScheduler::close);
        }
    }

    /// Works while it leads. What it works with writes nothing any more as soon as another may lead, even if stopping
    /// takes longer.
    static <T> void lead(LeaderElector elector, ApiClient client, Function<ApiClient, T> start, Consumer<T> stop)
            throws InterruptedException {
        List<T> running = new ArrayList<>();
        elector.run(() -> running.add(start.apply(client.fenced(elector::leads))), () -> running.forEach(stop));
    }

    /// On SIGTERM stops the work and gives `main` a moment to give the lease back.
    private static void onTermination(Runnable stop, CountDownLatch stopped) {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            stopped.countDown();
            stop.run();
            try {
                main.join(STOP_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
