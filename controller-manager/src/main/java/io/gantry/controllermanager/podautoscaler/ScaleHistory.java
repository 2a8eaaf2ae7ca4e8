package io.gantry.controllermanager.podautoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What was recommended and done for one autoscaler, for as long as it may count. Used by one thread at a time.
final class ScaleHistory {
    /// The longest window and the longest period that the API allows.
    private static final Duration LONGEST = Duration.ofHours(1);

    private record Entry(Instant at, int value) {}

    private final List<Entry> recommendations = new ArrayList<>();
    private final List<Entry> changes = new ArrayList<>();

    /// Before anything was recommended, the size that is there counts as recommended.
    void begin(int current, Instant now) {
        if (recommendations.isEmpty()) {
            recommendations.add(new Entry(now, current));
        }
    }

    void recommend(int replicas, Instant now) {
        forget(recommendations, now);
        recommendations.add(new Entry(now, replicas));
    }

    /// The greatest of `replicas` and what was recommended in the window.
    int highest(int replicas, Duration window, Instant now) {
        Instant since = now.minus(window);
        return recommendations.stream()
                .filter(entry -> entry.at().isAfter(since))
                .mapToInt(Entry::value)
                .reduce(replicas, Math::max);
    }

    /// The smallest of `replicas` and what was recommended in the window.
    int lowest(int replicas, Duration window, Instant now) {
        Instant since = now.minus(window);
        return recommendations.stream()
                .filter(entry -> entry.at().isAfter(since))
                .mapToInt(Entry::value)
                .reduce(replicas, Math::min);
    }

    void scaled(int before, int after, Instant now) {
        forget(changes, now);
        changes.add(new Entry(now, after - before));
    }

    /// By how much the size changed in a period; negative when it shrank.
    int changed(Duration period, Instant now) {
        Instant since = now.minus(period);
        return changes.stream()
                .filter(entry -> entry.at().isAfter(since))
                .mapToInt(Entry::value)
                .sum();
    }

    private static void forget(List<Entry> entries, Instant now) {
        Instant since = now.minus(LONGEST);
        entries.removeIf(entry -> entry.at().isBefore(since));
    }
}
