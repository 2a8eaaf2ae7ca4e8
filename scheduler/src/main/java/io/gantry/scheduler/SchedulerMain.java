package io.gantry.scheduler;

import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.leader.LeaderElection;
import io.gantry.client.leader.LeaderElector;
import io.gantry.component.Flags;
import io.gantry.component.HealthServer;
import io.gantry.component.Metrics;
import io.gantry.component.ProcessLogging;
import io.gantry.component.StartupMemory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/// The scheduler process: gives each pod without a node one.
///
/// Flags: `--kubeconfig`, `--config` (a `KubeSchedulerConfiguration` with one profile), `--leader-elect` (default
/// true), `--scheduler-name`, `--health-address`
/// (default 127.0.0.1:10259), `--seed` (decides among equally good nodes; default the time of start).
public final class SchedulerMain {
    static final String DEFAULT_NAME = "default-scheduler";

    private static final String DEFAULT_HEALTH_ADDRESS = "127.0.0.1:10259";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private SchedulerMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ProcessLogging.start("scheduler");
        StartupMemory.releaseLater();
        Flags flags = Flags.parse(arguments);
        Kubeconfig kubeconfig = Kubeconfig.load(flags.path("kubeconfig"));
        Optional<Path> file = flags.optionalPath("config");
        String asked = flags.string("scheduler-name", DEFAULT_NAME);
        SchedulerConfiguration configuration =
                file.map(SchedulerConfiguration::load).orElseGet(() -> SchedulerConfiguration.defaults(asked));
        String healthAddress = flags.string("health-address", DEFAULT_HEALTH_ADDRESS);
        boolean elect = flags.bool("leader-elect", true);
        long seed = Long.parseLong(flags.string("seed", Long.toString(System.nanoTime())));
        flags.rejectUnknown();

        Metrics metrics = new Metrics();
        CountDownLatch stopped = new CountDownLatch(1);
        try (HealthServer _ = HealthServer.start(healthAddress, List.of(), metrics);
                ApiClient client = ApiClient.connect(kubeconfig, "kube-scheduler")) {
            if (elect) {
                runElected(client, configuration, seed, metrics, stopped);
            } else {
                RunningScheduler running = RunningScheduler.start(client, configuration, seed, metrics);
                onTermination(running::close, stopped);
                stopped.await();
            }
        }
    }

    private static void runElected(
            ApiClient client, SchedulerConfiguration configuration, long seed, Metrics metrics, CountDownLatch stopped)
            throws IOException, InterruptedException {
        String name = configuration.schedulerName();
        String leaseName = name.equals(DEFAULT_NAME) ? "kube-scheduler" : name;
        String identity = InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID();
        LeaderElector elector = new LeaderElector(client, LeaderElection.of("kube-system", leaseName, identity));
        onTermination(elector::close, stopped);
        while (stopped.getCount() > 0) {
            RunningScheduler[] running = new RunningScheduler[1];
            elector.run(() -> running[0] = RunningScheduler.start(client, configuration, seed, metrics), () -> {
                if (running[0] != null) {
                    running[0].close();
                }
            });
        }
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
