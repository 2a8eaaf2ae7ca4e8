package io.gantry.kubelet.cri;

import io.gantry.component.grpc.GrpcCodes;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.cri.v1.ImageServiceGrpc;
import io.gantry.kubelet.cri.v1.RuntimeServiceGrpc;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.netty.channel.EventLoopGroup;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One gRPC channel on a Unix socket. gRPC reconnects by itself when the runtime restarts.
final class CriConnection implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 16 << 20;
    private static final int BURST_BYTES = 1 << 20;

    /// Upstream's runtimeRequestTimeout.
    static final Duration CALL = Duration.ofMinutes(2);

    private final EventLoopGroup loop;
    private final ManagedChannel channel;
    private final CallFigures figures = new CallFigures();

    CriConnection(URI endpoint) {
        if (!"unix".equals(endpoint.getScheme())) {
            throw new IllegalArgumentException("the runtime endpoint must be unix://PATH, not " + endpoint);
        }
        loop = UnixSockets.newLoop("cri");
        channel = UnixSockets.builder(endpoint.getPath(), loop)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .flowControlWindow(BURST_BYTES)
                .intercept(figures)
                .build();
    }

    ManagedChannel channel() {
        return channel;
    }

    CallFigures figures() {
        return figures;
    }

    /// Calls with the usual deadline.
    RuntimeServiceGrpc.RuntimeServiceBlockingStub runtime() {
        return runtime(CALL);
    }

    /// Calls with a deadline of their own.
    RuntimeServiceGrpc.RuntimeServiceBlockingStub runtime(Duration deadline) {
        return RuntimeServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    ImageServiceGrpc.ImageServiceBlockingStub images() {
        return ImageServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL.toMillis(), TimeUnit.MILLISECONDS);
    }

    ImageServiceGrpc.ImageServiceBlockingStub imagesUnbounded() {
        return ImageServiceGrpc.newBlockingStub(channel);
    }

    /// Runs a call and names its failure as the port does.
    static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException failure) {
            throw failure(failure);
        }
    }

    /// As [#call], where the answer may be that there is no such thing.
    static <T> Optional<T> found(Supplier<T> request) {
        try {
            return Optional.of(call(request));
        } catch (RuntimeFailure failure) {
            if (failure.code() == RuntimeFailure.Code.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    static RuntimeFailure failure(StatusRuntimeException failure) {
        RuntimeFailure.Code code = switch (failure.getStatus().getCode()) {
            case NOT_FOUND -> RuntimeFailure.Code.NOT_FOUND;
            case DEADLINE_EXCEEDED -> RuntimeFailure.Code.TIMEOUT;
            case UNIMPLEMENTED -> RuntimeFailure.Code.UNIMPLEMENTED;
            case UNAVAILABLE -> RuntimeFailure.Code.UNAVAILABLE;
            case CANCELLED -> RuntimeFailure.Code.CANCELLED;
            default -> RuntimeFailure.Code.OTHER;
        };
        return new RuntimeFailure(code, GrpcCodes.describe(failure.getStatus()), failure);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
