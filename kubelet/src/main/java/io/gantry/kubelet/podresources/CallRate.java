package io.gantry.kubelet.podresources;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Refuses calls that come too often (upstream `LimiterUnaryServerInterceptor`). Thread-safe.
final class CallRate implements ServerInterceptor {
    /// Upstream's `DefaultQPS`.
    private static final int PER_SECOND = 100;

    /// Upstream's `DefaultBurstTokens`.
    private static final int AT_ONCE = 10;

    private static final Duration EACH = Duration.ofSeconds(1).dividedBy(PER_SECOND);

    private final Clock clock;
    /// When as many calls are free again as may come at once.
    private Instant full = Instant.EPOCH;

    CallRate(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean take() {
        Instant now = clock.instant();
        Instant next = (full.isBefore(now) ? now : full).plus(EACH);
        if (next.isAfter(now.plus(EACH.multipliedBy(AT_ONCE)))) {
            return false;
        }
        full = next;
        return true;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (take()) {
            return next.startCall(call, headers);
        }
        call.close(Status.RESOURCE_EXHAUSTED.withDescription("rejected by rate limit"), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
