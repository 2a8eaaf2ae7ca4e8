package io.gantry.apiserver;

import io.gantry.component.Counts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Upstream's metrics of health checks, `kubernetes_healthcheck` and `kubernetes_healthchecks_total`. Thread-safe.
final class HealthMetrics {
    private record Key(String sort, String check) {}

    private final Map<Key, Boolean> last = new ConcurrentHashMap<>();
    private final Counts all = Counts.counter("kubernetes_healthchecks_total", "name", "status", "type");

    /// @param sort `livez`, `readyz` or `healthz`
    void note(String sort, String check, boolean healthy) {
        last.put(new Key(sort, check), healthy);
        all.of(check, healthy ? "success" : "error", sort).increment();
    }

    /// What `/metrics/slis` shows, and `/metrics` among the rest.
    String text() {
        StringBuilder text = new StringBuilder(all.text());
        if (!last.isEmpty()) {
            text.append("# TYPE kubernetes_healthcheck gauge\n");
        }
        last.forEach((key, healthy) -> text.append("kubernetes_healthcheck{name=\"" + key.check() + "\",type=\""
                + key.sort() + "\"} " + (healthy ? 1 : 0) + "\n"));
        return text.toString();
    }
}
