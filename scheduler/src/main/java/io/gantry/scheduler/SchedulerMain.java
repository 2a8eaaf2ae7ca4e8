package io.gantry.scheduler;

import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.event.EventRecorder;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.Lister;
import io.gantry.client.informer.Selection;
import io.gantry.client.leader.LeaderElection;
import io.gantry.client.leader.LeaderElector;
import io.gantry.component.Flags;
import io.gantry.component.HealthServer;
import io.gantry.component.Metrics;
import io.gantry.component.ProcessLogging;
import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.plugins.PluginCatalog;
import io.gantry.scheduler.queue.SchedulingQueue;
import io.gantry.scheduler.snapshot.ClusterCache;
import io.gantry.scheduler.snapshot.PodInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scheduler process: gives each pod without a node one.
///
/// Flags: `--kubeconfig`, `--leader-elect` (default true), `--scheduler-name`, `--health-address`
/// (default 127.0.0.1:10259), `--seed` (decides among equally good nodes; default the time of start).
public final class SchedulerMain {
    static final String DEFAULT_NAME = "default-scheduler";

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerMain.class);
    private static final String DEFAULT_HEALTH_ADDRESS = "127.0.0.1:10259";
    private static final Duration SYNC_REPORT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private SchedulerMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ProcessLogging.start("scheduler");
        Flags flags = Flags.parse(arguments);
        Kubeconfig kubeconfig = Kubeconfig.load(flags.path("kubeconfig"));
        String name = flags.string("scheduler-name", DEFAULT_NAME);
        String healthAddress = flags.string("health-address", DEFAULT_HEALTH_ADDRESS);
        boolean elect = flags.bool("leader-elect", true);
        long seed = Long.parseLong(flags.string("seed", Long.toString(System.nanoTime())));
        flags.rejectUnknown();

        Metrics metrics = new Metrics();
        CountDownLatch stopped = new CountDownLatch(1);
        try (HealthServer _ = HealthServer.start(healthAddress, List.of(), metrics);
                ApiClient client = ApiClient.connect(kubeconfig, "kube-scheduler")) {
            if (elect) {
                runElected(client, name, seed, metrics, stopped);
            } else {
                Running running = start(client, name, seed, metrics);
                onTermination(running::close, stopped);
                stopped.await();
            }
        }
    }

    private static void runElected(ApiClient client, String name, long seed, Metrics metrics, CountDownLatch stopped)
            throws IOException, InterruptedException {
        String leaseName = name.equals(DEFAULT_NAME) ? "kube-scheduler" : name;
        String identity = InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID();
        LeaderElector elector = new LeaderElector(client, LeaderElection.of("kube-system", leaseName, identity));
        onTermination(elector::close, stopped);
        while (stopped.getCount() > 0) {
            Running[] running = new Running[1];
            elector.run(() -> running[0] = start(client, name, seed, metrics), () -> {
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

    /// A scheduler at work with what feeds it.
    private record Running(InformerFactory informers, EventRecorder events, Scheduler scheduler, Thread starter) {
        void close() {
            starter.interrupt();
            scheduler.close();
            informers.close();
            events.close();
        }
    }

    /// Builds the graph and starts it; returns at once, scheduling begins when the caches have synced.
    private static Running start(ApiClient client, String name, long seed, Metrics metrics) {
        InformerFactory informers = new InformerFactory(client);
        EventRecorder events = new EventRecorder(client, name);
        InformerClusterView cluster = new InformerClusterView(informers);
        ApiClaimBinding claims = new ApiClaimBinding(client, informers.informer(PersistentVolumeClaimKind.KIND));
        PluginCatalog plugins = PluginCatalog.defaults(cluster, claims);
        Scheduler.State state = new Scheduler.State(
                new SchedulingQueue(plugins, System::nanoTime), new ClusterCache(), new Nominations());
        Lister<PodDisruptionBudget> budgets =
                informers.informer(PodDisruptionBudgetKind.KIND).lister();
        Scheduler scheduler = new Scheduler(
                state,
                plugins,
                new SplittableRandom(seed),
                () -> new DisruptionBudgets(budgets.all()),
                new Scheduler.Outputs(new PodWriter(client), events, new Attempts(metrics.registry(), name)));
        Attempts.watch(metrics.registry(), state.queue());
        feed(informers, new ClusterFeed(state, name, pod -> tellGated(scheduler, pod)));
        informers.start();
        Thread starter = Thread.ofVirtual().start(() -> startWhenSynced(informers, scheduler));
        LOG.info("scheduler {} for {}, seed {}", name, client.server(), seed);
        return new Running(informers, events, scheduler, starter);
    }

    private static void feed(InformerFactory informers, ClusterFeed feed) {
        informers.informer(NodeKind.KIND).addHandler(feed.nodes());
        informers
                .informer(PodKind.KIND, Selection.ofFields("status.phase!=Succeeded,status.phase!=Failed"))
                .addHandler(feed.pods());
        ClusterEvent volumes = new ClusterEvent.VolumesChanged();
        informers.informer(PersistentVolumeClaimKind.KIND).addHandler(feed.always(volumes));
        informers.informer(PersistentVolumeKind.KIND).addHandler(feed.always(volumes));
        informers.informer(StorageClassKind.KIND).addHandler(feed.always(volumes));
        informers.informer(NamespaceKind.KIND).addHandler(feed.always(new ClusterEvent.NamespaceChanged()));
    }

    private static void tellGated(Scheduler scheduler, PodInfo pod) {
        try {
            scheduler.gated(pod);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void startWhenSynced(InformerFactory informers, Scheduler scheduler) {
        try {
            while (!informers.awaitSynced(SYNC_REPORT)) {
                LOG.info("waiting for the API server");
            }
            scheduler.start();
            LOG.info("scheduling");
        } catch (InterruptedException e) {
            LOG.debug("stopped before the caches had synced");
        }
    }
}
