package io.gantry.apiserver.authz.webhook;

import io.gantry.apiserver.authz.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a webhook answered lately: the last [#KEPT] questions. Thread-safe.
final class AnswerCache {
    private static final int KEPT = 8192;

    private record Known(Decision decision, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Known> answers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > KEPT;
        }
    };

    AnswerCache(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Optional<Decision> get(String question) {
        Known known = answers.get(question);
        if (known == null) {
            return Optional.empty();
        }
        if (clock.instant().isBefore(known.until)) {
            return Optional.of(known.decision);
        }
        answers.remove(question);
        return Optional.empty();
    }

    /// @param life how long it counts; nothing is kept of a zero
    synchronized void put(String question, Decision decision, Duration life) {
        if (!life.isZero()) {
            answers.put(question, new Known(decision, clock.instant().plus(life)));
        }
    }
}
