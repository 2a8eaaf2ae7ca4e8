package io.gantry.controllermanager;

import io.gantry.client.ApiClient;
import io.gantry.client.event.EventRecorder;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.work.QueueFigures;
import io.gantry.controllermanager.statemetrics.CachedObjects;
import io.gantry.controllermanager.statemetrics.StateMetrics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All controllers running over one set of informers. Started and closed by one thread.
public final class ControllerSet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerSet.class);
    private static final Duration SYNC_REPORT = Duration.ofSeconds(30);

    private final List<Controller> controllers = new ArrayList<>();
    private final Map<String, EventRecorder> recorders = new HashMap<>();
    private final ControllerMetrics metrics = new ControllerMetrics();
    private final List<InformerFactory> factories = new ArrayList<>();
    private final StateMetrics state;
    private final Thread starter;

    private ControllerSet(CachedObjects cached, Runnable start) {
        this.state = new StateMetrics(cached);
        this.starter = Thread.ofVirtual().name("controllers-start").unstarted(start);
    }

    /// A set of no controllers.
    public static ControllerSet none() {
        return new ControllerSet(CachedObjects.none(), () -> {});
    }

    /// Builds every controller and starts it as soon as the informers have synced; returns before that.
    public static ControllerSet start(ApiClient client, ControllerOptions options) {
        InformerFactory informers = new InformerFactory(client);
        List<Controller> built = new ArrayList<>();
        ControllerSet set = new ControllerSet(CachedObjects.of(informers), () -> startSynced(informers, built));
        set.factories.add(informers);
        ControllerContext context = new ControllerContext(
                client,
                informers,
                component -> set.recorder(client, component),
                options,
                Clock.systemUTC(),
                set.metrics);
        for (ControllerCatalog.Entry entry : ControllerCatalog.all()) {
            if (entry.enabled().test(options)) {
                built.add(entry.create().apply(context));
            }
        }
        set.controllers.addAll(built);
        informers.start();
        set.starter.start();
        return set;
    }

    private static void startSynced(InformerFactory informers, List<Controller> built) {
        try {
            while (!informers.awaitSynced(SYNC_REPORT)) {
                LOG.warn("not every informer has synced yet: {}", informers.unsynced());
            }
            built.forEach(Controller::start);
            LOG.info("{} controllers started", built.size());
        } catch (InterruptedException e) {
            LOG.info("stopped before the informers had synced");
        }
    }

    private EventSink recorder(ApiClient client, String component) {
        return recorders.computeIfAbsent(component, name -> new EventRecorder(client, name));
    }

    /// How the controllers' queues fare (upstream's `workqueue_…`) and what single controllers count,
    /// in Prometheus' text format.
    String metrics() {
        return QueueFigures.text(controllers.stream()
                        .flatMap(controller -> controller.runners().stream())
                        .toList())
                + metrics.text();
    }

    /// Writes the state of the cluster as metrics (upstream's `kube_…`), in Prometheus' text format.
    ///
    /// @throws IOException when `out` takes no more
    public void writeState(Appendable out) throws IOException {
        state.write(out);
    }

    public int size() {
        return controllers.size();
    }

    /// Stops everything; returns when no worker runs any more.
    @Override
    public void close() {
        starter.interrupt();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        controllers.forEach(Controller::close);
        factories.forEach(InformerFactory::close);
        recorders.values().forEach(EventRecorder::close);
    }
}
