package io.gantry.kubeproxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// Counts and times syncs under upstream's metric names. Thread-safe.
final class SyncMetrics {
    private final Timer duration;
    private final Counter failures;

    SyncMetrics(MeterRegistry registry) {
        duration = Timer.builder("kubeproxy_sync_proxy_rules_duration").register(registry);
        failures = Counter.builder("kubeproxy_sync_proxy_rules_nftables_sync_failures")
                .register(registry);
    }

    void synced(long nanos) {
        duration.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed() {
        failures.increment();
    }
}
