package io.gantry.apiserver;

import io.gantry.apiserver.endpoint.RequestInfo;
import io.gantry.component.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Upstream's metrics of requests (`apiserver/pkg/endpoints/metrics`). Thread-safe.
final class RequestMetrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(400),
        Duration.ofMillis(800),
        Duration.ofMillis(1600),
        Duration.ofSeconds(4),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60)
    };

    private record CounterKey(
            String verb, String group, String version, String resource, String subresource, int code) {}

    private record TimerKey(String verb, String group, String version, String resource, String subresource) {}

    private final MeterRegistry registry;
    private final Map<CounterKey, Counter> counters = new ConcurrentHashMap<>();
    private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger mutating = new AtomicInteger();

    RequestMetrics(Metrics metrics) {
        this.registry = metrics.registry();
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

    void done(RequestInfo info, int code, long nanos) {
        String verb = verb(info);
        counters.computeIfAbsent(
                        new CounterKey(verb, info.group(), info.version(), info.plural(), info.subresource(), code),
                        this::counter)
                .increment();
        if (!info.verb().equals("watch")) {
            timers.computeIfAbsent(
                            new TimerKey(verb, info.group(), info.version(), info.plural(), info.subresource()),
                            this::timer)
                    .record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private static String verb(RequestInfo info) {
        return switch (info.verb()) {
            case "create" -> "POST";
            case "update" -> "PUT";
            default -> info.verb().toUpperCase(Locale.ROOT);
        };
    }

    private Counter counter(CounterKey key) {
        Tags tags = Tags.of(
                "verb", key.verb(),
                "group", key.group(),
                "version", key.version(),
                "resource", key.resource(),
                "subresource", key.subresource(),
                "scope", "",
                "component", "apiserver",
                "code", Integer.toString(key.code()));
        return Counter.builder("apiserver_request_total").tags(tags).register(registry);
    }

    private Timer timer(TimerKey key) {
        Tags tags = Tags.of(
                "verb", key.verb(),
                "group", key.group(),
                "version", key.version(),
                "resource", key.resource(),
                "subresource", key.subresource(),
                "scope", "",
                "component", "apiserver");
        return Timer.builder("apiserver_request_duration_seconds")
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
