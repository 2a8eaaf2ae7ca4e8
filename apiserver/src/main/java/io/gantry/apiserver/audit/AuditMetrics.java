package io.gantry.apiserver.audit;

import io.gantry.component.Counts;
import io.gantry.component.TokenBucket;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Upstream's metrics of auditing (`k8s.io/apiserver/pkg/audit/metrics.go`). What is lost is told of in the log as
/// well,
/// but not each time. Thread-safe.
final class AuditMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(AuditMetrics.class);
    private static final double LINES_PER_SECOND = 0.1;
    private static final int LINES_AT_ONCE = 5;

    private final InstantSource clock;
    private final LongAdder events;
    private final LongAdder rejected;
    private final Counts eventCounts = Counts.counter("apiserver_audit_event_total");
    private final Counts rejectedCounts = Counts.counter("apiserver_audit_requests_rejected_total");
    private final Counts errors = Counts.counter("apiserver_audit_error_total", "plugin");
    private final Counts levels = Counts.counter("apiserver_audit_level_total", "level");
    private final Map<String, TokenBucket> lines = new HashMap<>();

    AuditMetrics(InstantSource clock) {
        this.clock = clock;
        this.events = eventCounts.of();
        this.rejected = rejectedCounts.of();
    }

    /// The policy said how much of a request is logged.
    void level(AuditLevel level) {
        levels.of(level.text()).increment();
    }

    /// An event goes to the backends.
    void event() {
        events.increment();
    }

    /// A request was refused, since it could not be logged.
    void rejected() {
        rejected.increment();
    }

    /// Events were lost.
    ///
    /// @param plugin upstream's name: `buffered`, `truncate`, `log`, `webhook`
    void lost(String plugin, int count, String why) {
        LongAdder all = errors.of(plugin);
        all.add(count);
        if (mayTell(plugin)) {
            LOG.error("Error in audit plugin '{}' affecting {} audit events, {} so far: {}", plugin, count, all, why);
        }
    }

    private synchronized boolean mayTell(String plugin) {
        return lines.computeIfAbsent(plugin, p -> new TokenBucket(LINES_PER_SECOND, LINES_AT_ONCE, clock.instant()))
                .take(clock.instant());
    }

    /// In Prometheus' text format.
    String text() {
        return eventCounts.text() + rejectedCounts.text() + errors.text() + levels.text();
    }
}
