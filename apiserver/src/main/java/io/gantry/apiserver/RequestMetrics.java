package io.gantry.apiserver;

import io.gantry.apiserver.endpoint.RequestInfo;
import io.gantry.apiserver.http.Ending;
import io.gantry.apiserver.http.Response;
import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import io.gantry.component.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Upstream's metrics of requests (`apiserver/pkg/endpoints/metrics`). Thread-safe.
final class RequestMetrics {
    /// Upper ends in milliseconds, as upstream has them.
    private static final List<Integer> DURATION_BUCKETS = List.of(
            5, 25, 50, 100, 200, 400, 600, 800, 1000, 1250, 1500, 2000, 3000, 4000, 5000, 6000, 8000, 10_000, 15_000,
            20_000, 30_000, 45_000, 60_000);

    private static final List<Integer> SLI_BUCKETS = DURATION_BUCKETS.subList(2, DURATION_BUCKETS.size());

    private record CounterKey(
            String verb, String group, String version, String resource, String subresource, String scope, int code) {}

    private record TimerKey(
            String verb, String group, String version, String resource, String subresource, String scope) {}

    /// How long requests took, and how long without what is not the server's own doing: here the same.
    private record Timers(Timer duration, Timer sli, Histogram.Cells sizes) {
        void record(long nanos) {
            duration.record(nanos, TimeUnit.NANOSECONDS);
            sli.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static final String[] WHAT = {"component", "group", "resource", "scope", "subresource", "verb", "version"};
    private static final Set<String> LASTING = Set.of("log", "exec", "attach", "portforward", "proxy");
    private static final Set<String> DEPRECATED = Set.of("endpoints", "componentstatuses");

    private final MeterRegistry registry;
    private final Map<CounterKey, Counter> counters = new ConcurrentHashMap<>();
    private final Map<TimerKey, Timers> timers = new ConcurrentHashMap<>();
    private final Histogram sizes =
            new Histogram("apiserver_response_sizes", List.of(WHAT), 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9);
    private final Counts lasting = Counts.gauge("apiserver_longrunning_requests", WHAT);
    private final Counts deprecated = Counts.gauge(
            "apiserver_requested_deprecated_apis", "group", "removed_release", "resource", "subresource", "version");
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger mutating = new AtomicInteger();

    RequestMetrics(Metrics metrics) {
        this.registry = metrics.registry();
        metrics.lookUp(() -> sizes.text() + lasting.text() + deprecated.text());
        inflight("readOnly", reading);
        inflight("mutating", mutating);
    }

    private void inflight(String kind, AtomicInteger count) {
        Gauge.builder("apiserver_current_inflight_requests", count, AtomicInteger::get)
                .tags("request_kind", kind)
                .register(registry);
    }

    /// A request that needs a thread begins; run the result when it is answered.
    Runnable begin(RequestInfo info) {
        AtomicInteger count = switch (info.verb()) {
            case "get", "list", "watch" -> reading;
            default -> mutating;
        };
        count.incrementAndGet();
        return count::decrementAndGet;
    }

    /// An answer is about to leave.
    void done(RequestInfo info, Response response, long nanos, Ending ending) {
        int code = response.status();
        String verb = verb(info);
        String scope = scope(info);
        counters.computeIfAbsent(
                        new CounterKey(
                                verb, info.group(), info.version(), info.plural(), info.subresource(), scope, code),
                        this::counter)
                .increment();
        if (!info.verb().equals("watch")) {
            Timers taken = timers.computeIfAbsent(
                    new TimerKey(verb, info.group(), info.version(), info.plural(), info.subresource(), scope),
                    this::timers);
            taken.record(nanos);
            if (response instanceof Response.Whole whole && (verb.equals("GET") || verb.equals("LIST"))) {
                taken.sizes().observe(whole.body().readableBytes());
            }
        }
        if (!(response instanceof Response.Whole)
                && (info.verb().equals("watch") || LASTING.contains(info.subresource()))) {
            LongAdder count = lasting.of(what(verb, info, scope));
            count.increment();
            ending.whenEnded(count::decrement);
        }
        if (info.group().isEmpty() && DEPRECATED.contains(info.plural())) {
            LongAdder asked = deprecated.of("", "", info.plural(), info.subresource(), info.version());
            if (asked.sum() == 0) {
                asked.increment();
            }
        }
    }

    private static String[] what(String verb, RequestInfo info, String scope) {
        return new String[] {"apiserver", info.group(), info.plural(), scope, info.subresource(), verb, info.version()};
    }

    private static String verb(RequestInfo info) {
        return switch (info.verb()) {
            case "create" -> "POST";
            case "update" -> "PUT";
            default -> info.verb().toUpperCase(Locale.ROOT);
        };
    }

    /// What a request is about (upstream's `CleanScope`).
    private static String scope(RequestInfo info) {
        if (!info.resource()) {
            return "";
        }
        if (!info.name().isEmpty() || info.verb().equals("create")) {
            return "resource";
        }
        return info.namespace().isEmpty() ? "cluster" : "namespace";
    }

    private Counter counter(CounterKey key) {
        Tags tags = Tags.of(
                "verb", key.verb(),
                "group", key.group(),
                "version", key.version(),
                "resource", key.resource(),
                "subresource", key.subresource(),
                "scope", key.scope(),
                "dry_run", "",
                "component", "apiserver",
                "code", Integer.toString(key.code()));
        return Counter.builder("apiserver_request_total").tags(tags).register(registry);
    }

    private Timers timers(TimerKey key) {
        Tags tags = Tags.of(
                "verb", key.verb(),
                "group", key.group(),
                "version", key.version(),
                "resource", key.resource(),
                "subresource", key.subresource(),
                "scope", key.scope(),
                "component", "apiserver");
        return new Timers(
                timer("apiserver_request_duration_seconds", tags.and("dry_run", ""), DURATION_BUCKETS),
                timer("apiserver_request_sli_duration_seconds", tags, SLI_BUCKETS),
                sizes.of(
                        "apiserver",
                        key.group(),
                        key.resource(),
                        key.scope(),
                        key.subresource(),
                        key.verb(),
                        key.version()));
    }

    private Timer timer(String name, Tags tags, List<Integer> buckets) {
        return Timer.builder(name)
                .tags(tags)
                .serviceLevelObjectives(buckets.stream().map(Duration::ofMillis).toArray(Duration[]::new))
                .register(registry);
    }
}
