package io.gantry.client.event;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.event.Event;
import io.gantry.api.core.v1.event.EventBuilder;
import io.gantry.api.core.v1.event.EventKind;
import io.gantry.api.core.v1.event.EventSource;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.GoTimes;
import io.gantry.client.ApiClient;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.work.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events, counted as most components do or in series as the scheduler does (upstream `tools/record`
/// and `tools/events`). Callers never block: events wait in a bounded queue for one virtual thread, and are
/// dropped when it is full. Repeated events count up the first one (see [EventCorrelator]).
public final class EventRecorder implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int MAX_WAITING = 1000;
    private static final int MAX_TRIES = 12;

    /// After a burst so many events a second: thousands of pods at once are not to be slowed by what is said of them.
    /// Upstream's components write 50 requests a second of any sort.
    private static final int MAX_A_SECOND = 100;

    private static final int MAX_BURST = 1000;
    private static final int MAX_MESSAGE = 1024;
    private static final String CUT = " ...";
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

    private final Resource<Event> events;
    private final String component;
    private final String host;
    private final boolean inSeries;
    private final BlockingQueue<EventCorrelator.Fact> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final EventCorrelator correlator = new EventCorrelator();
    private final Map<Class<?>, Kind<?>> kinds = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private long paidUntil = System.nanoTime() - MAX_BURST * (1_000_000_000L / MAX_A_SECOND);

    /// The recorder of a cluster-wide component. Starts a thread, which [#close] ends.
    public EventRecorder(ApiClient client, String component) {
        this(client, component, "");
    }

    /// @param host the node that the events come from; empty for a cluster-wide component
    public EventRecorder(ApiClient client, String component, String host) {
        this(client, component, host, false);
    }

    private EventRecorder(ApiClient client, String component, String host, boolean inSeries) {
        this.events = client.resource(EventKind.KIND);
        this.component = component;
        this.host = host;
        this.inSeries = inSeries;
        this.thread = Thread.ofVirtual().name("events-" + component).start(this::run);
    }

    /// A recorder of events that have a time, an action and, when they repeat, a series, in place of a source, two
    /// times and a count.
    ///
    /// @param controller who reports, e.g. `default-scheduler`
    /// @param instance which of its processes
    public static EventRecorder ofSeries(ApiClient client, String controller, String instance) {
        return new EventRecorder(client, controller, instance, true);
    }

    @Override
    public void event(
            KubernetesObject regarding,
            Optional<KubernetesObject> related,
            String type,
            String reason,
            String action,
            String message) {
        offer(new EventCorrelator.Fact(
                reference(regarding), type, reason, shortened(message), action, related.map(this::reference)));
    }

    @Override
    public void event(KubernetesObject regarding, String type, String reason, String message) {
        event(reference(regarding), type, reason, message);
    }

    @Override
    public void event(ObjectReference regarding, String type, String reason, String message) {
        offer(new EventCorrelator.Fact(regarding, type, reason, shortened(message)));
    }

    private static String shortened(String message) {
        return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE - CUT.length()) + CUT : message;
    }

    private void offer(EventCorrelator.Fact fact) {
        if (!waiting.offer(fact)) {
            LOG.debug("event dropped, {} wait already: {} {}", MAX_WAITING, fact.reason(), fact.message());
        }
    }

    private ObjectReference reference(KubernetesObject object) {
        Kind<?> kind = kind(object.getClass());
        ObjectReferenceBuilder builder = ObjectReferenceBuilder.builder();
        if (kind != null) {
            builder.apiVersion(kind.apiVersion()).kind(kind.name());
        }
        set(object.metadata().namespace(), builder::namespace);
        set(object.metadata().name(), builder::name);
        set(object.metadata().uid(), builder::uid);
        set(object.metadata().resourceVersion(), builder::resourceVersion);
        return builder.build();
    }

    /// The catalog is read at the first need: it is large, and some components know their objects by reference only.
    private synchronized @Nullable Kind<?> kind(Class<?> type) {
        if (kinds.isEmpty()) {
            for (KindDefinition<?> definition : KindCatalog.all()) {
                kinds.putIfAbsent(definition.kind().type(), definition.kind());
            }
        }
        return kinds.get(type);
    }

    private static void set(@Nullable String value, Consumer<String> target) {
        if (value != null) {
            target.accept(value);
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                record(waiting.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("event recorder of {} stopped", component);
        }
    }

    private void record(EventCorrelator.Fact fact) throws InterruptedException {
        try {
            Optional<EventCorrelator.Decision> decision =
                    correlator.decide(withoutRevision(fact), Clock.systemUTC().instant());
            if (decision.isPresent()) {
                pace();
                write(decision.get(), fact.about());
            }
        } catch (RuntimeException e) {
            LOG.error("event {} is lost", fact.reason(), e);
        }
    }

    /// Waits until one more event may be written; those that come meanwhile wait too, or are dropped.
    private void pace() throws InterruptedException {
        long now = System.nanoTime();
        long earliest = now - MAX_BURST * (1_000_000_000L / MAX_A_SECOND);
        paidUntil = Math.max(paidUntil, earliest) + 1_000_000_000L / MAX_A_SECOND;
        if (paidUntil > now && closed.await(paidUntil - now, TimeUnit.NANOSECONDS)) {
            LOG.debug("event recorder of {} closed while waiting", component);
        }
    }

    /// Two events of one object are alike whatever its revision.
    private static EventCorrelator.Fact withoutRevision(EventCorrelator.Fact fact) {
        ObjectReference about = fact.about();
        ObjectReferenceBuilder same = ObjectReferenceBuilder.builder();
        set(about.apiVersion(), same::apiVersion);
        set(about.kind(), same::kind);
        set(about.namespace(), same::namespace);
        set(about.name(), same::name);
        set(about.uid(), same::uid);
        set(about.fieldPath(), same::fieldPath);
        return new EventCorrelator.Fact(
                same.build(), fact.type(), fact.reason(), fact.message(), fact.action(), fact.related());
    }

    private void write(EventCorrelator.Decision decision, ObjectReference about) throws InterruptedException {
        Backoff backoff = new Backoff(Duration.ofMillis(500), LONGEST_RETRY, new SplittableRandom());
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            try {
                correlator.written(decision, writeOnce(decision, about));
                return;
            } catch (StatusException e) {
                if (e.code() != 503 && e.code() != 500 && e.code() != 429) {
                    LOG.debug("event {} refused: {}", decision.fact().reason(), e.getMessage());
                    return;
                }
            }
            if (closed.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private String writeOnce(EventCorrelator.Decision decision, ObjectReference about) {
        Instant now = Instant.now();
        if (!decision.previous().isEmpty()) {
            try {
                events.patch(namespace(about), decision.previous(), Patch.strategic(repeated(decision, now)));
                return decision.previous();
            } catch (StatusException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
        Event made = event(decision, about, now);
        events.create(made);
        String name = made.metadata().name();
        return name == null ? "" : name;
    }

    private Map<String, Object> repeated(EventCorrelator.Decision decision, Instant now) {
        Map<String, Object> change = new LinkedHashMap<>();
        if (inSeries) {
            change.put("series", Map.of("count", decision.count(), "lastObservedTime", GoTimes.micros(now)));
        } else {
            change.put("count", decision.count());
            change.put("message", decision.fact().message());
            change.put("lastTimestamp", GoTimes.seconds(now));
        }
        return change;
    }

    private Event event(EventCorrelator.Decision decision, ObjectReference about, Instant now) {
        EventBuilder event = EventBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace(namespace(about))
                        .name(about.name() + "." + Long.toHexString(uniqueNanos()))
                        .build())
                .involvedObject(about)
                .type(decision.fact().type())
                .reason(decision.fact().reason())
                .message(decision.fact().message())
                .reportingComponent(component)
                .reportingInstance(host);
        if (inSeries) {
            decision.fact().related().ifPresent(event::related);
            return event.eventTime(now.truncatedTo(ChronoUnit.MICROS))
                    .action(decision.fact().action())
                    .build();
        }
        return event.source(new EventSource(component, host.isEmpty() ? null : host))
                .firstTimestamp(decision.first().truncatedTo(ChronoUnit.SECONDS))
                .lastTimestamp(now.truncatedTo(ChronoUnit.SECONDS))
                .count(decision.count())
                .build();
    }

    private static long uniqueNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano() + (System.nanoTime() & 0x3ff);
    }

    private static String namespace(ObjectReference about) {
        String namespace = about.namespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    /// Stops at once; events that wait are lost.
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
