package io.gantry.controllermanager.daemonset;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// How long a failed daemon pod stays before it is replaced (upstream `failedPodsBackoff`): twice as long each time a
/// node's pod of the same generation fails, so that a daemon that cannot run does not keep the cluster busy.
/// Thread-safe.
final class FailedPodBackoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = LONGEST.multipliedBy(2);

    private record Entry(Duration delay, Instant since) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /// How long the pod on the node must stay yet; zero when it may go, which counts as its going.
    ///
    /// @param key the set, its generation and the node
    synchronized Duration left(String key, Instant now) {
        Entry before = entries.get(key);
        if (before != null && now.isBefore(before.since().plus(before.delay()))) {
            return Duration.between(now, before.since().plus(before.delay()));
        }
        entries.values().removeIf(e -> now.isAfter(e.since().plus(FORGOTTEN)));
        Entry known = entries.get(key);
        Duration next = known == null ? FIRST : known.delay().multipliedBy(2);
        entries.put(key, new Entry(next.compareTo(LONGEST) > 0 ? LONGEST : next, now));
        return Duration.ZERO;
    }
}
