package io.gantry.client.event;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.component.TokenBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of an event (upstream `client-go/tools/record/events_cache.go`): the same event
/// again counts up the one written before; more than ten that differ only in their message within ten
/// minutes become one combined event; an object with more than its share is not heard. Pure but for its
/// memory, which holds at most 4096 keys of each sort; one owner thread.
final class EventCorrelator {
    private static final int MAX_KEYS = 4096;
    private static final int MAX_SIMILAR = 10;
    private static final Duration SIMILAR_WINDOW = Duration.ofMinutes(10);
    private static final int SPAM_BURST = 25;
    private static final double SPAM_REFILL_SECONDS = 300;
    private static final String COMBINED = "(combined from similar events): ";

    /// What was said of an object.
    ///
    /// @param action what was done, empty for nothing in particular
    /// @param related the other object that it has to do with
    record Fact(
            ObjectReference about,
            String type,
            String reason,
            String message,
            String action,
            Optional<ObjectReference> related) {
        Fact(ObjectReference about, String type, String reason, String message) {
            this(about, type, reason, message, "", Optional.empty());
        }

        /// The same with another message.
        Fact saying(String other) {
            return new Fact(about, type, reason, other, action, related);
        }
    }

    /// What to write.
    ///
    /// @param previous name of the event to count up, empty for a new one
    record Decision(Fact fact, Fact key, int count, Instant first, String previous) {}

    private record AboutKey(
            @Nullable String namespace,
            @Nullable String name,
            @Nullable String uid) {}

    private static final class Similar {
        final Set<String> messages = new LinkedHashSet<>();
        Instant last;

        Similar(Instant last) {
            this.last = last;
        }
    }

    private record Written(String name, int count, Instant first) {}

    private final Map<AboutKey, TokenBucket> buckets = new Recent<>();
    private final Map<Fact, Similar> similar = new Recent<>();
    private final Map<Fact, Written> written = new Recent<>();

    /// What to do with the event; empty when its object has had too many.
    Optional<Decision> decide(Fact fact, Instant now) {
        if (!allowed(fact.about(), now)) {
            return Optional.empty();
        }
        Fact group = new Fact(fact.about(), fact.type(), fact.reason(), "");
        boolean combine = isCombined(group, fact.message(), now);
        Fact key = combine ? group : fact;
        Fact shown = combine ? fact.saying(COMBINED + fact.message()) : fact;
        Written before = written.get(key);
        if (before == null) {
            return Optional.of(new Decision(shown, key, 1, now, ""));
        }
        return Optional.of(new Decision(shown, key, before.count() + 1, before.first(), before.name()));
    }

    /// Remembers under which name a decision was written.
    void written(Decision decision, String name) {
        written.put(decision.key(), new Written(name, decision.count(), decision.first()));
    }

    private boolean isCombined(Fact group, String message, Instant now) {
        Similar known = similar.computeIfAbsent(group, k -> new Similar(now));
        if (Duration.between(known.last, now).compareTo(SIMILAR_WINDOW) > 0) {
            known.messages.clear();
        }
        known.last = now;
        if (known.messages.size() < MAX_SIMILAR) {
            known.messages.add(message);
            return known.messages.size() >= MAX_SIMILAR;
        }
        return true;
    }

    private boolean allowed(ObjectReference about, Instant now) {
        AboutKey key = new AboutKey(about.namespace(), about.name(), about.uid());
        return buckets.computeIfAbsent(key, k -> new TokenBucket(1 / SPAM_REFILL_SECONDS, SPAM_BURST, now))
                .take(now);
    }

    /// The least recently used key makes room.
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MAX_KEYS;
        }
    }
}
