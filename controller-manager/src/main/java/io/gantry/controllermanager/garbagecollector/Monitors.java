package io.gantry.controllermanager.garbagecollector;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.InformerHandler;
import io.gantry.controllermanager.common.Discovery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows every resource that the server serves: through the informer of another controller where there is one, else
/// through one that reads metadata only. One owner thread.
final class Monitors {
    private static final Logger LOG = LoggerFactory.getLogger(Monitors.class);
    private static final Set<String> IGNORED = Set.of("events", "events.events.k8s.io");

    /// What changes of objects are told to.
    interface Listener {
        void changed(Kind<PartialObjectMetadata> kind, KubernetesObject object);

        void gone(KubernetesObject object);

        void unfollowed(Kind<PartialObjectMetadata> kind);
    }

    private record Monitor(Informer<?> informer, boolean own) {}

    private final InformerFactory informers;
    private final Listener listener;
    private final Map<Kind<PartialObjectMetadata>, Monitor> monitors = new LinkedHashMap<>();

    Monitors(InformerFactory informers, Listener listener) {
        this.informers = informers;
        this.listener = listener;
    }

    /// Starts and stops informers so that they are those of `served`.
    void follow(List<Discovery.Served> served) {
        Set<Kind<PartialObjectMetadata>> wanted = new LinkedHashSet<>();
        for (Discovery.Served resource : served) {
            if (resource.isManaged() && !IGNORED.contains(resource.kind().groupResource())) {
                wanted.add(resource.kind());
            }
        }
        for (Kind<PartialObjectMetadata> kind : Set.copyOf(monitors.keySet())) {
            if (!wanted.contains(kind)) {
                stop(kind);
            }
        }
        wanted.forEach(kind -> monitors.computeIfAbsent(kind, this::begin));
        informers.start();
    }

    private Monitor begin(Kind<PartialObjectMetadata> kind) {
        LOG.debug("following {}", kind.groupResource());
        return informers
                .following(kind)
                .map(informer -> listen(kind, informer, false))
                .orElseGet(() -> listen(kind, informers.informer(kind), true));
    }

    private <T extends KubernetesObject> Monitor listen(
            Kind<PartialObjectMetadata> kind, Informer<T> informer, boolean own) {
        informer.addHandler(InformerHandler.of(now -> listener.changed(kind, now), listener::gone));
        return new Monitor(informer, own);
    }

    private void stop(Kind<PartialObjectMetadata> kind) {
        Monitor monitor = monitors.remove(kind);
        if (monitor != null && monitor.own()) {
            informers.stop(monitor.informer());
            listener.unfollowed(kind);
        }
    }

    /// Waits until everything followed has synced; false when that took longer.
    boolean awaitSynced(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (Monitor monitor : List.copyOf(monitors.values())) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (!monitor.informer().awaitSynced(left)) {
                return false;
            }
        }
        return true;
    }
}
