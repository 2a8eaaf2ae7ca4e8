package io.gantry.apiserver.audit;

import java.time.Duration;
import java.util.Optional;

/// How events reach a backend, as the flags `--audit-log-…` and `--audit-webhook-…` say.
///
/// @param truncation empty where events may be as large as they are
public record Delivery(Mode mode, Batching batching, Optional<Truncation> truncation) {
    /// What waits for whom.
    public enum Mode {
        /// Events wait, and nobody waits for them.
        BATCH,
        /// The answer waits until its events are there, or lost.
        BLOCKING,
        /// And a request whose first event is lost is refused.
        BLOCKING_STRICT;

        /// `batch`, `blocking`, `blocking-strict`.
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// How events are put together; counts in mode [Mode#BATCH] alone.
    ///
    /// @param bufferSize how many events may wait
    /// @param maxSize how many go together at most
    /// @param maxWait how long one may wait for others; zero takes what is there
    /// @param throttle empty without limit
    public record Batching(int bufferSize, int maxSize, Duration maxWait, Optional<Throttle> throttle) {}

    /// How many batches are sent: in a second, and at once after a pause.
    public record Throttle(double qps, int burst) {}

    /// @param maxEventBytes what is larger loses the objects of its request and answer
    public record Truncation(long maxEventBytes) {}
}
