package io.gantry.controllermanager.podautoscaler;

import java.time.Duration;
import java.time.Instant;

/// What one pod uses.
///
/// @param at the end of the window
/// @param value in thousandths
record PodMetric(Instant at, Duration window, long value) {
    /// Of a pod for which a value is assumed.
    static PodMetric assumed(long value) {
        return new PodMetric(Instant.EPOCH, Duration.ZERO, value);
    }
}
