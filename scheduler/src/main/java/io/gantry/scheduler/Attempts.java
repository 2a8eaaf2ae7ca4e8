package io.gantry.scheduler;

import io.gantry.component.Counts;
import io.gantry.scheduler.framework.ExtensionTimes;
import io.gantry.scheduler.queue.SchedulingQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// Counts and times attempts under upstream's metric names. Thread-safe.
final class Attempts {
    private static final String PENDING_PODS = "scheduler_pending_pods";
    private static final String WORKING = "scheduler_goroutines";

    /// As upstream: from a millisecond to 16 s, from 0.1 to 200 ms, and from 10 ms to 87 minutes.
    private static final Duration[] ATTEMPT_BUCKETS = doubling(Duration.ofMillis(1), 15);

    private static final Duration[] POINT_BUCKETS = doubling(Duration.ofNanos(100_000), 12);

    private static final Duration[] SLI_BUCKETS = doubling(Duration.ofMillis(10), 20);

    /// Beyond it, upstream's label says so much.
    private static final int MANY_TRIES = 16;

    private final MeterRegistry registry;
    private final Map<String, Timer> scheduled = new ConcurrentHashMap<>();
    private final Map<String, Timer> unschedulable = new ConcurrentHashMap<>();
    private final Counter errors;
    private final DistributionSummary victims;
    private final Counter preemptions;
    private final DistributionSummary tries;
    private final Map<Boolean, Timer> waits = new ConcurrentHashMap<>();
    private final AtomicInteger binding = new AtomicInteger();
    private final Map<Integer, Timer> sli = new ConcurrentHashMap<>();
    private final Map<Labels, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, ExtensionTimes> times = new ConcurrentHashMap<>();

    private record Labels(String one, String other) {}

    Attempts(MeterRegistry registry) {
        this.registry = registry;
        registry.find(WORKING).meters().forEach(registry::remove); // of a time when this one led before
        Gauge.builder(WORKING, binding, AtomicInteger::get)
                .tag("operation", "binding")
                .register(registry);
        errors = Counter.builder("scheduler_scheduling_errors").register(registry);
        victims = DistributionSummary.builder("scheduler_preemption_victims")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64)
                .register(registry);
        preemptions = Counter.builder("scheduler_preemption_attempts").register(registry);
        tries = DistributionSummary.builder("scheduler_pod_scheduling_attempts")
                .serviceLevelObjectives(1, 2, 4, 8, 16)
                .register(registry);
    }

    private static Duration[] doubling(Duration first, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> first.multipliedBy(1L << i))
                .toArray(Duration[]::new);
    }

    private Timer timer(String profile, String result) {
        return Timer.builder("scheduler_scheduling_attempt_duration")
                .tag("profile", profile)
                .tag("result", result)
                .serviceLevelObjectives(ATTEMPT_BUCKETS)
                .register(registry);
    }

    private Timer sliTimer(int number) {
        return Timer.builder("scheduler_pod_scheduling_sli_duration")
                .tag("attempts", number < MANY_TRIES ? Integer.toString(number) : MANY_TRIES + "+")
                .serviceLevelObjectives(SLI_BUCKETS)
                .register(registry);
    }

    private Timer waitTimer(boolean permitted) {
        return Timer.builder("scheduler_permit_wait_duration")
                .tag("result", permitted ? "Success" : "Unschedulable")
                .serviceLevelObjectives(ATTEMPT_BUCKETS)
                .register(registry);
    }

    private void count(String profile, String result) {
        counters.computeIfAbsent(
                        new Labels(profile, result),
                        labels -> Counter.builder("scheduler_schedule_attempts")
                                .tag("profile", profile)
                                .tag("result", result)
                                .register(registry))
                .increment();
    }

    /// Where a profile's cycles tell what its extension points took.
    ExtensionTimes times(String profile) {
        return times.computeIfAbsent(profile, name -> {
            Map<Labels, Timer> timers = new ConcurrentHashMap<>();
            return (point, status, nanos) -> timers.computeIfAbsent(
                            new Labels(point.label(), status), labels -> pointTimer(name, labels))
                    .record(nanos, TimeUnit.NANOSECONDS);
        });
    }

    private Timer pointTimer(String profile, Labels labels) {
        return Timer.builder("scheduler_framework_extension_point_duration")
                .tag("extension_point", labels.one)
                .tag("status", labels.other)
                .tag("profile", profile)
                .serviceLevelObjectives(POINT_BUCKETS)
                .register(registry);
    }

    /// Shows how many pods wait in each part of the queue, in place of a queue shown before.
    static void watch(MeterRegistry registry, SchedulingQueue queue) {
        registry.find(PENDING_PODS).meters().forEach(registry::remove);
        Map<Labels, Counter> entered = new ConcurrentHashMap<>();
        queue.report((part, event) -> entered.computeIfAbsent(
                        new Labels(part, event),
                        labels -> Counter.builder("scheduler_queue_incoming_pods")
                                .tag("queue", part)
                                .tag("event", event)
                                .register(registry))
                .increment());
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

    /// How many pods wait because of which plugin, in Prometheus' text format.
    static String unschedulable(SchedulingQueue queue) {
        Counts counts = Counts.gauge("scheduler_unschedulable_pods", "plugin", "profile");
        queue.rejections()
                .forEach((why, number) -> counts.of(why.plugin(), why.profile()).add(number));
        return counts.text();
    }

    /// A thread begins to bind a pod, or ends it.
    void binding(boolean begins) {
        binding.addAndGet(begins ? 1 : -1);
    }

    /// A pod that permit plugins held goes on, or does not.
    void waited(boolean permitted, long nanos) {
        waits.computeIfAbsent(permitted, this::waitTimer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /// A pod was bound.
    ///
    /// @param tries how many it took, the first of which began `sinceFirst` ago
    void scheduled(String profile, long nanos, int tries, long sinceFirst) {
        this.tries.record(tries);
        sli.computeIfAbsent(Math.min(tries, MANY_TRIES), this::sliTimer).record(sinceFirst, TimeUnit.NANOSECONDS);
        scheduled.computeIfAbsent(profile, p -> timer(p, "scheduled")).record(nanos, TimeUnit.NANOSECONDS);
        count(profile, "scheduled");
    }

    void unschedulable(String profile, long nanos) {
        unschedulable.computeIfAbsent(profile, p -> timer(p, "unschedulable")).record(nanos, TimeUnit.NANOSECONDS);
        count(profile, "unschedulable");
    }

    void error(String profile) {
        errors.increment();
        count(profile, "error");
    }

    /// Pods had to give way to another.
    void preempted(int number) {
        preemptions.increment();
        victims.record(number);
    }
}
