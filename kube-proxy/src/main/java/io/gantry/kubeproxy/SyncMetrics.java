package io.gantry.kubeproxy;

import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import java.time.InstantSource;
import java.util.List;

/// Counts and times syncs under upstream's metric names. Thread-safe.
final class SyncMetrics {
    private static final String FAMILY = "ip_family=\"IPv4\"";
    private static final int BUCKETS = 15;

    private final InstantSource clock;
    private final Histogram seconds =
            new Histogram("kubeproxy_sync_proxy_rules_duration_seconds", List.of("ip_family"), doubling());
    private final Counts failures =
            Counts.counter("kubeproxy_sync_proxy_rules_nftables_sync_failures_total", "ip_family");
    private volatile long lastMillis;
    private volatile long queuedMillis;

    SyncMetrics(InstantSource clock) {
        this.clock = clock;
        failures.of("IPv4");
    }

    /// From a millisecond to 16 seconds.
    private static double[] doubling() {
        double[] ends = new double[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            ends[i] = (1 << i) / 1000.0;
        }
        return ends;
    }

    /// Something changed that a sync is to follow.
    void queued() {
        queuedMillis = clock.millis();
    }

    void synced(long nanos) {
        seconds.of("IPv4").observeNanos(nanos);
        lastMillis = clock.millis();
    }

    void failed() {
        failures.of("IPv4").increment();
    }

    String text() {
        return seconds.text()
                + failures.text()
                + Counts.gaugeNow("kubeproxy_sync_proxy_rules_last_timestamp_seconds", FAMILY, lastMillis / 1000.0)
                + Counts.gaugeNow(
                        "kubeproxy_sync_proxy_rules_last_queued_timestamp_seconds", FAMILY, queuedMillis / 1000.0);
    }
}
