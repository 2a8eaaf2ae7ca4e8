package io.gantry.component;

import java.time.Duration;
import java.time.Instant;

/// So many a second, and some at once (as `golang.org/x/time/rate`). Full when it is made; a clock that goes back fills
/// nothing. Not thread-safe.
public final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final int burst;
    private double tokens;
    private Instant at;

    /// @param perSecond how fast it fills, above 0
    /// @param burst how many it holds, at least 1
    public TokenBucket(double perSecond, int burst, Instant now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.at = now;
    }

    /// Takes one where there is one.
    public boolean take(Instant now) {
        double passed = Math.max(0, Duration.between(at, now).toNanos() / NANOS);
        tokens = Math.min(burst, tokens + passed * perSecond);
        at = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
