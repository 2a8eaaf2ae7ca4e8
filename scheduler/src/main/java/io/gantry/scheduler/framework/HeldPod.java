package io.gantry.scheduler.framework;

import io.gantry.api.schema.GoDurations;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A pod that waits until every permit plugin that holds it has allowed it, one refuses it, or its time is
/// up.
/// Thread-safe.
public final class HeldPod {
    private final PodInfo pod;
    private final String node;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Long> deadlines = new LinkedHashMap<>();
    private final Map<String, Duration> timeouts;
    private Optional<Refusal> refusal = Optional.empty();

    /// Who refused the pod, and why.
    public record Refusal(String plugin, String reason) {}

    HeldPod(PodInfo pod, String node, Map<String, Duration> timeouts) {
        this.pod = pod;
        this.node = node;
        this.timeouts = new LinkedHashMap<>();
        long now = System.nanoTime();
        timeouts.forEach((plugin, asked) -> {
            Duration wait = asked.compareTo(Permits.MAX_WAIT) > 0 ? Permits.MAX_WAIT : asked;
            this.timeouts.put(plugin, wait);
            deadlines.put(plugin, now + wait.toNanos());
        });
    }

    public PodInfo pod() {
        return pod;
    }

    /// The node kept for it.
    public String node() {
        return node;
    }

    /// The plugins that still hold it.
    public Set<String> pendingPlugins() {
        lock.lock();
        try {
            return Set.copyOf(deadlines.keySet());
        } finally {
            lock.unlock();
        }
    }

    /// The plugin holds the pod no longer.
    public void allow(String plugin) {
        lock.lock();
        try {
            deadlines.remove(plugin);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The pod does not get its node; no effect once it was allowed by all.
    public void reject(String plugin, String reason) {
        lock.lock();
        try {
            if (refusal.isEmpty() && !deadlines.isEmpty()) {
                refusal = Optional.of(new Refusal(plugin, reason));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the end.
    ///
    /// @return empty when all have allowed it
    public Optional<Refusal> await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (refusal.isEmpty() && !deadlines.isEmpty()) {
                Map.Entry<String, Long> first = earliest();
                long left = first.getValue() - System.nanoTime();
                if (left > 0) {
                    changed.awaitNanos(left);
                } else {
                    String plugin = first.getKey();
                    reject(plugin, timedOut(plugin));
                }
            }
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    private Map.Entry<String, Long> earliest() {
        Map.Entry<String, Long> first = deadlines.entrySet().iterator().next();
        for (Map.Entry<String, Long> each : deadlines.entrySet()) {
            first = each.getValue() - first.getValue() < 0 ? each : first;
        }
        return first;
    }

    private String timedOut(String plugin) {
        Duration wait = timeouts.getOrDefault(plugin, Duration.ZERO);
        return "rejected due to timeout after waiting " + GoDurations.text(wait) + " at plugin " + plugin;
    }
}
