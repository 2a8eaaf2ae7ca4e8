package io.gantry.api.batch.v1.cronjob;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Each time the same while after the one before.
///
/// @param length in whole seconds, at least one
record CronInterval(Duration length) implements CronSchedule {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    CronInterval {
        length = length.compareTo(SHORTEST) < 0 ? SHORTEST : length.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(length));
    }
}
