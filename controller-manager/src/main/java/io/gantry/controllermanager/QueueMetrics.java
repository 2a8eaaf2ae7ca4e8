package io.gantry.controllermanager;

import io.gantry.client.work.ControllerRunner;
import io.gantry.client.work.WorkQueue;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Upstream's metrics of work queues (`component-base/metrics/prometheus/workqueue`).
final class QueueMetrics {
    private static final String PREFIX = "workqueue_";

    /// From a microsecond to a hundred seconds.
    private static final Duration[] BUCKETS = IntStream.range(0, 9)
            .mapToObj(i -> Duration.ofNanos((long) (1000 * Math.pow(10, i))))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    QueueMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Shows the controllers' queues, in place of those shown before.
    void show(List<Controller> controllers) {
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith(PREFIX))
                .toList()
                .forEach(registry::remove);
        controllers.forEach(controller -> controller.runners().forEach(this::show));
    }

    private void show(ControllerRunner<?> runner) {
        String name = runner.name();
        WorkQueue<?> queue = runner.queue();
        Gauge.builder(PREFIX + "depth", queue, WorkQueue::size)
                .tag("name", name)
                .register(registry);
        FunctionCounter.builder(PREFIX + "adds", queue, WorkQueue::adds)
                .tag("name", name)
                .register(registry);
        FunctionCounter.builder(PREFIX + "retries", queue, WorkQueue::retries)
                .tag("name", name)
                .register(registry);
        Timer worked = Timer.builder(PREFIX + "work_duration")
                .tag("name", name)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        runner.onWorked(nanos -> worked.record(nanos, TimeUnit.NANOSECONDS));
    }
}
