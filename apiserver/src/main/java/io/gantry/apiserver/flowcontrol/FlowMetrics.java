package io.gantry.apiserver.flowcontrol;

import io.gantry.component.Metrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/// Upstream's metrics of priority levels (`apiserver/pkg/util/flowcontrol/metrics`).
public final class FlowMetrics {
    private static final String PREFIX = "apiserver_flowcontrol_";

    private final MeterRegistry registry;

    public FlowMetrics(Metrics metrics) {
        this.registry = metrics.registry();
    }

    void add(PriorityLevel level) {
        gauge(level, "nominal_limit_seats", PriorityLevel::nominal);
        gauge(level, "current_limit_seats", PriorityLevel::limit);
        gauge(level, "request_concurrency_limit", PriorityLevel::nominal);
        gauge(level, "current_executing_seats", PriorityLevel::seatsTaken);
        gauge(level, "current_executing_requests", PriorityLevel::executing);
        gauge(level, "current_inqueue_requests", PriorityLevel::waiting);
        counter(level, "dispatched_requests_total", PriorityLevel::dispatched);
        counter(level, "rejected_requests_total", PriorityLevel::rejected);
    }

    private void gauge(PriorityLevel level, String name, ToDoubleFunction<PriorityLevel> value) {
        Gauge.builder(PREFIX + name, level, value)
                .tags("priority_level", level.settings().name())
                .register(registry);
    }

    private void counter(PriorityLevel level, String name, ToDoubleFunction<PriorityLevel> value) {
        FunctionCounter.builder(PREFIX + name, level, value)
                .tags("priority_level", level.settings().name())
                .register(registry);
    }
}
