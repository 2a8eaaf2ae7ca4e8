package io.gantry.client.work;

import io.gantry.component.DoublingPauses;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Exponential back-off with jitter, for what many do at a time. One owner thread.
public final class Backoff {
    private final DoublingPauses nominal;
    private final RandomGenerator random;

    /// @param first about how long to wait after the first failure
    /// @param longest the limit of the nominal time of every wait
    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.nominal = new DoublingPauses(first, longest);
        this.random = random;
    }

    /// How long to wait now: doubles at each call until [#reset()], between half and one and a half of the nominal
    /// time.
    public Duration next() {
        long millis = nominal.next().toMillis();
        return Duration.ofMillis(Math.max(1, (long) (millis * (0.5 + random.nextDouble()))));
    }

    /// After a success.
    public void reset() {
        nominal.reset();
    }
}
