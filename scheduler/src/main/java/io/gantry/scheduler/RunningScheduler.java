package io.gantry.scheduler;

import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.informer.InformerFactory;
import io.gantry.component.Metrics;
import io.gantry.scheduler.config.SchedulerConfiguration;
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
        InformerFactory informers = new InformerFactory(client);
        Recorders events = new Recorders(client);
        Scheduler scheduler = new Assembly(
                        Surroundings.real(client, informers, events::of), configuration, seed, metrics)
                .build(record);
        informers.start();
        RunningScheduler running = new RunningScheduler(informers, events, scheduler);
        running.starter.start();
        LOG.info("scheduler {} for {}, seed {}", configuration.firstName(), client.server(), seed);
        return running;
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

    /// What the pods that it knows ask for, in Prometheus' text format.
    String podResources() {
        return PodResourceMetrics.text(
                informers.informer(PodKind.KIND, Assembly.UNFINISHED).lister().all());
    }

    /// Why pods wait, in Prometheus' text format.
    String waiting() {
        return Attempts.unschedulable(scheduler.queue());
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
