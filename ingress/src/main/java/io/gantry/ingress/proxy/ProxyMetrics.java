package io.gantry.ingress.proxy;

import io.gantry.client.ObjectKey;
import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What the data plane counts. Thread-safe.
public final class ProxyMetrics {
    private final Counts requests = Counts.counter("ingress_requests_total", "namespace", "ingress", "service", "code");
    private final Histogram durations = new Histogram(
            "ingress_request_duration_seconds",
            List.of("namespace", "ingress"),
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10);
    private final Counts retries = Counts.counter("ingress_retries_total", "namespace", "ingress");
    private final AtomicInteger connections = new AtomicInteger();

    /// A request for which there is no route.
    void unrouted(int code) {
        requests.of("", "", "", Integer.toString(code)).increment();
    }

    void served(ObjectKey ingress, String service, int code, long nanos) {
        requests.of(ingress.namespace(), ingress.name(), service, Integer.toString(code))
                .increment();
        durations.of(ingress.namespace(), ingress.name()).observeNanos(nanos);
    }

    void retried(ObjectKey ingress) {
        retries.of(ingress.namespace(), ingress.name()).increment();
    }

    void connected(int more) {
        connections.addAndGet(more);
    }

    /// Lines of Prometheus' text format.
    public String text() {
        return requests.text()
                + retries.text()
                + durations.text()
                + Counts.gaugeNow("ingress_client_connections", "", connections.get());
    }
}
