package io.gantry.scheduler;

import io.gantry.scheduler.queue.SchedulingQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/// Counts and times attempts under upstream's metric names. Thread-safe.
final class Attempts {
    private static final String PENDING_PODS = "scheduler_pending_pods";

    private final Timer scheduled;
    private final Timer unschedulable;
    private final Counter errors;
    private final Counter victims;

    Attempts(MeterRegistry registry, String profile) {
        scheduled = timer(registry, profile, "scheduled");
        unschedulable = timer(registry, profile, "unschedulable");
        errors = Counter.builder("scheduler_scheduling_errors").register(registry);
        victims = Counter.builder("scheduler_preemption_victims").register(registry);
    }

    private static Timer timer(MeterRegistry registry, String profile, String result) {
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

    void scheduled(long nanos) {
        scheduled.record(nanos, TimeUnit.NANOSECONDS);
    }

    void unschedulable(long nanos) {
        unschedulable.record(nanos, TimeUnit.NANOSECONDS);
    }

    void error() {
        errors.increment();
    }

    void preempted() {
        victims.increment();
    }
}
