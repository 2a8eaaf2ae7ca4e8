package io.gantry.kubelet.podresources;

import io.gantry.component.TokenBucket;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Clock;

/// Refuses calls that come too often (upstream `LimiterUnaryServerInterceptor`). Thread-safe.
final class CallRate implements ServerInterceptor {
    /// Upstream's `DefaultQPS`.
    private static final int PER_SECOND = 100;

    /// Upstream's `DefaultBurstTokens`.
    private static final int AT_ONCE = 10;

    private final Clock clock;
    private final TokenBucket bucket;

    CallRate(Clock clock) {
        this.clock = clock;
        this.bucket = new TokenBucket(PER_SECOND, AT_ONCE, clock.instant());
    }

    synchronized boolean take() {
        return bucket.take(clock.instant());
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
