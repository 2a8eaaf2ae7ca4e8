package io.gantry.scheduler;

import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudget;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.api.storage.v1.csinode.CSINodeKind;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.client.ApiClient;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.Lister;
import io.gantry.client.informer.Selection;
import io.gantry.component.Metrics;
import io.gantry.scheduler.config.SchedulerConfiguration;
import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.Permits;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.plugins.PluginContext;
import io.gantry.scheduler.queue.SchedulingQueue;
import io.gantry.scheduler.record.Answers;
import io.gantry.scheduler.record.CycleRecorder;
import io.gantry.scheduler.record.DecisionLog;
import io.gantry.scheduler.record.SeededRandom;
import io.gantry.scheduler.snapshot.ClusterCache;
import io.gantry.scheduler.snapshot.PodInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A scheduler at work with what feeds it: in its own process ([SchedulerMain]) or inside another one.
public final class RunningScheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningScheduler.class);
    private static final Duration SYNC_REPORT = Duration.ofSeconds(30);

    private final InformerFactory informers;
    private final Recorders events;
    private final Scheduler scheduler;
    private final Thread starter;

    private RunningScheduler(InformerFactory informers, Recorders events, Scheduler scheduler) {
        this.informers = informers;
        this.events = events;
        this.scheduler = scheduler;
        this.starter = Thread.ofVirtual().name("scheduler-start").unstarted(this::startWhenSynced);
    }

    /// Builds the graph and starts it; returns at once, scheduling begins when the caches have synced.
    ///
    /// @param name the `schedulerName` of the pods it schedules
    /// @param seed decides among equally good nodes
    public static RunningScheduler start(ApiClient client, String name, long seed, Metrics metrics) {
        return start(client, SchedulerConfiguration.defaults(name), seed, metrics);
    }

    /// The same as a configuration says.
    public static RunningScheduler start(
            ApiClient client, SchedulerConfiguration configuration, long seed, Metrics metrics) {
        return start(client, configuration, seed, metrics, Optional.empty());
    }

    /// The same with a record of all decisions.
    ///
    /// @param record the file that is written
    public static RunningScheduler start(
            ApiClient client, SchedulerConfiguration configuration, long seed, Metrics metrics, Optional<Path> record) {
        String name = configuration.firstName();
        InformerFactory informers = new InformerFactory(client);
        Recorders events = new Recorders(client);
        PodWriter writer = new PodWriter(client);
        Permits permits = new Permits();
        Nominations nominations = new Nominations();
        SeededRandom random = new SeededRandom(seed);
        Answers cluster = new Answers(new InformerClusterView(informers));
        Optional<DecisionLog> log =
                record.map(file -> new DecisionLog(file, configuration.text(), cluster, random, nominations));
        Lister<PodDisruptionBudget> budgets =
                informers.informer(PodDisruptionBudgetKind.KIND).lister();
        Profiles profiles = configuration.profiles(new PluginContext(
                cluster,
                new ApiClaimBinding(client, informers.informer(PersistentVolumeClaimKind.KIND)),
                writer,
                permits,
                nominations,
                () -> {
                    DisruptionBudgets now = new DisruptionBudgets(budgets.all());
                    log.ifPresent(recorder -> recorder.told(now));
                    return now;
                },
                random));
        Scheduler.State state = new Scheduler.State(
                new SchedulingQueue(profiles, configuration.backoff(), System::nanoTime),
                new ClusterCache(),
                nominations,
                permits);
        Scheduler scheduler = new Scheduler(
                state,
                profiles,
                random,
                new Scheduler.Outputs(writer, events::of, new Attempts(metrics.registry())),
                log.<CycleRecorder>map(recorder -> recorder).orElse(CycleRecorder.NONE));
        Attempts.watch(metrics.registry(), state.queue());
        feed(informers, new ClusterFeed(state, profiles, pod -> tellGated(scheduler, pod)));
        informers.start();
        RunningScheduler running = new RunningScheduler(informers, events, scheduler);
        running.starter.start();
        LOG.info("scheduler {} for {}, seed {}", name, client.server(), seed);
        return running;
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
        informers.informer(CSINodeKind.KIND).addHandler(feed.always(volumes));
        informers.informer(NamespaceKind.KIND).addHandler(feed.namespaces());
    }

    private static void tellGated(Scheduler scheduler, PodInfo pod) {
        try {
            scheduler.gated(pod);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void startWhenSynced() {
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

    /// Stops deciding and writing.
    @Override
    public void close() {
        starter.interrupt();
        scheduler.close();
        informers.close();
        events.close();
    }
}
