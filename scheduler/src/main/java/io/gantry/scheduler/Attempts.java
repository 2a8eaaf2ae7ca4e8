package io.gantry.scheduler;

import io.gantry.scheduler.queue.SchedulingQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/// Counts and times attempts under upstream's metric names. Thread-safe.
final class Attempts {
    private static final String PENDING_PODS = "scheduler_pending_pods";

    private final MeterRegistry registry;
    private final Map<String, Timer> scheduled = new ConcurrentHashMap<>();
    private final Map<String, Timer> unschedulable = new ConcurrentHashMap<>();
    private final Counter errors;
    private final Counter victims;

    Attempts(MeterRegistry registry) {
        this.registry = registry;
        errors = Counter.builder("scheduler_scheduling_errors").register(registry);
        victims = Counter.builder("scheduler_preemption_victims").register(registry);
    }

    private Timer timer(String profile, String result) {
        return Timer.builder("scheduler_scheduling_attempt_duration")
                .tag("profile", profile)
                .tag("result", result)
                .register(registry);
    }

    /// Shows how many pods wait in each part of the queue, in place of a queue shown before.
    static void watch(MeterRegistry registry, SchedulingQueue queue) {
        registry.find(PENDING_PODS).meters().forEach(registry::remove);
        gauge(registry, queue, "active", SchedulingQueue.Sizes::active);
        gauge(registry, queue, "backoff", SchedulingQueue.Sizes::backoff);
        gauge(registry, queue, "unschedulable", SchedulingQueue.Sizes::unschedulable);
        gauge(registry, queue, "gated", SchedulingQueue.Sizes::gated);
    }

    private static void gauge(
            MeterRegistry registry, SchedulingQueue queue, String part, ToIntFunction<SchedulingQueue.Sizes> size) {
        Gauge.builder(PENDING_PODS, queue, q -> size.applyAsInt(q.sizes()))
                .tag("queue", part)
                .register(registry);
    }

    void scheduled(String profile, long nanos) {
        scheduled.computeIfAbsent(profile, p -> timer(p, "scheduled")).record(nanos, TimeUnit.NANOSECONDS);
    }

    void unschedulable(String profile, long nanos) {
        unschedulable.computeIfAbsent(profile, p -> timer(p, "unschedulable")).record(nanos, TimeUnit.NANOSECONDS);
    }

    void error() {
        errors.increment();
    }

    void preempted() {
        victims.increment();
    }
}
