package io.gantry.client.work;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Exponential back-off with full-range jitter, one owner thread.
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    /// @param first about how long to wait after the first failure
    /// @param longest the limit of every wait
    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /// How long to wait now: doubles at each call until [#reset()], between half and one and a half of the nominal
    /// time.
    public Duration next() {
        long nominal = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures, 30));
        failures++;
        return Duration.ofMillis(Math.max(1, (long) (nominal * (0.5 + random.nextDouble()))));
    }

    /// After a success.
    public void reset() {
        failures = 0;
    }
}
