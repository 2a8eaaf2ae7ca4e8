package io.gantry.controllermanager;

import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.leader.LeaderElection;
import io.gantry.client.leader.LeaderElector;
import io.gantry.client.pages.ProcessPages;
import io.gantry.component.ComponentMain;
import io.gantry.component.Flags;
import io.gantry.component.HealthServer;
import io.gantry.component.Metrics;
import io.gantry.component.Termination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The controller manager's process: all controllers of [ControllerCatalog], in one process at a time.
public final class ControllerManagerMain {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerManagerMain.class);
    private static final String NAME = "kube-controller-manager";
    private static final String STATE_METRICS = "/metrics/state";

    private ControllerManagerMain() {}

    /// A value that one thread sets and others read.
    private static final class Slot<T> {
        private volatile T value;

        Slot(T value) {
            this.value = value;
        }

        void set(T next) {
            value = next;
        }

        T get() {
            return value;
        }
    }

    /// Runs until SIGTERM. Flags: `--kubeconfig`, `--health-address`, `--leader-elect` and those of
    /// [ControllerOptions].
    public static void main(String[] arguments) throws Exception {
        ComponentMain.run(NAME, arguments, ControllerManagerMain::run);
    }

    private static void run(Flags flags) throws IOException, InterruptedException {
        Path kubeconfig = flags.path("kubeconfig");
        String healthAddress = flags.string("health-address", "127.0.0.1:10257");
        boolean elect = flags.bool("leader-elect", true);
        ControllerOptions options = ControllerOptions.from(flags);
        flags.rejectUnknown();
        run(kubeconfig, healthAddress, elect, options, ProcessPages.of(NAME, flags));
    }

    private static void run(
            Path kubeconfig, String healthAddress, boolean elect, ControllerOptions options, ProcessPages pages)
            throws IOException, InterruptedException {
        Slot<Runnable> onSignal = new Slot<>(() -> {});
        Metrics metrics = new Metrics();
        try (Termination termination = Termination.prepare(() -> onSignal.get().run());
                HealthServer health = HealthServer.start(healthAddress, List.of(), metrics);
                ApiClient client = ApiClient.connect(Kubeconfig.load(kubeconfig), NAME)) {
            LOG.info("health on port {}, API server {}", health.port(), client.server());
            pages.on(health);
            metrics.lookUp(client::metrics);
            if (elect) {
                lead(client, options, metrics, health, termination.asked(), onSignal);
            } else {
                try (ControllerSet set = ControllerSet.start(client, options)) {
                    metrics.lookUp(set::metrics);
                    health.stream(STATE_METRICS, set::writeState);
                    termination.asked().await();
                    LOG.info("stopping {} controllers", set.size());
                }
            }
        }
    }

    /// Leads, and when leadership is lost stands for election again.
    private static void lead(
            ApiClient client,
            ControllerOptions options,
            Metrics metrics,
            HealthServer health,
            CountDownLatch stopping,
            Slot<Runnable> onSignal)
            throws IOException, InterruptedException {
        String identity = LeaderElection.holder();
        Slot<ControllerSet> running = new Slot<>(ControllerSet.none());
        Slot<Supplier<String>> leads = new Slot<>(() -> "");
        metrics.lookUp(() -> running.get().metrics() + leads.get().get());
        health.stream(STATE_METRICS, out -> running.get().writeState(out));
        while (stopping.getCount() > 0) {
            try (LeaderElector elector = new LeaderElector(client, LeaderElection.of("kube-system", NAME, identity))) {
                onSignal.set(elector::close);
                leads.set(elector::metrics);
                if (stopping.getCount() == 0) {
                    return;
                }
                elector.run(
                        () -> running.set(ControllerSet.start(client.fenced(elector::leads), options)),
                        () -> running.get().close());
            }
        }
    }
}
