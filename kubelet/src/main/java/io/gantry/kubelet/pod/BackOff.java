package io.gantry.kubelet.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Doubling delays by key (upstream `client-go/util/flowcontrol/backoff.go`): a key that was not heard of for twice the
/// longest delay starts over. Thread-safe.
public final class BackOff {
    private record Entry(Duration delay, Instant updated) {}

    private final Duration first;
    private final Duration longest;
    private final Map<String, Entry> entries = new HashMap<>();

    public BackOff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /// What is left of the wait that began at the event; zero where there is none.
    public synchronized Duration remaining(String key, Instant event, Instant now) {
        Entry entry = entries.get(key);
        if (entry == null || expired(entry, event)) {
            return Duration.ZERO;
        }
        Duration left = entry.delay.minus(Duration.between(event, now));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /// What is left of the wait that began when the key was last backed off.
    public synchronized Duration remaining(String key, Instant now) {
        Entry entry = entries.get(key);
        return entry == null ? Duration.ZERO : remaining(key, entry.updated, now);
    }

    /// The delay of the key as it stands.
    public synchronized Duration delay(String key) {
        Entry entry = entries.get(key);
        return entry == null ? Duration.ZERO : entry.delay;
    }

    /// Lengthens the delay for the next time.
    public synchronized void next(String key, Instant event, Instant now) {
        Entry entry = entries.get(key);
        Duration delay = first;
        if (entry != null && !expired(entry, event)) {
            Duration doubled = entry.delay.multipliedBy(2);
            delay = doubled.compareTo(longest) > 0 ? longest : doubled;
        }
        entries.put(key, new Entry(delay, now));
    }

    /// Forgets every key that starts with the prefix.
    public synchronized void forget(String prefix) {
        entries.keySet().removeIf(key -> key.startsWith(prefix));
    }

    private boolean expired(Entry entry, Instant event) {
        return Duration.between(entry.updated, event).compareTo(longest.multipliedBy(2)) > 0;
    }
}
