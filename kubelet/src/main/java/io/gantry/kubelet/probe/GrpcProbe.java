package io.gantry.kubelet.probe;

import io.gantry.api.schema.GoDurations;
import io.gantry.kubelet.probe.health.HealthCheckRequest;
import io.gantry.kubelet.probe.health.HealthCheckResponse;
import io.gantry.kubelet.probe.health.HealthGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Asks a server for its health by the gRPC health checking protocol, without TLS (upstream `pkg/probe/grpc`).
record GrpcProbe(String host, int port, String service, Duration timeout) implements Check {
    @Override
    public Outcome run() {
        ManagedChannel channel = NettyChannelBuilder.forAddress(new InetSocketAddress(host, port))
                .usePlaintext()
                .proxyDetector(address -> null)
                .userAgent("kube-probe/1.36")
                .build();
        try {
            HealthCheckResponse response = HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .check(HealthCheckRequest.newBuilder().setService(service).build());
            return response.getStatus() == HealthCheckResponse.ServingStatus.SERVING
                    ? Outcome.SUCCESS
                    : Outcome.failure("service unhealthy (responded with \"" + response.getStatus() + "\")");
        } catch (StatusRuntimeException failure) {
            return Outcome.failure(explain(failure.getStatus()));
        } finally {
            channel.shutdownNow();
        }
    }

    private String explain(Status status) {
        return switch (status.getCode()) {
            case UNIMPLEMENTED ->
                "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): "
                        + status.getDescription();
            case DEADLINE_EXCEEDED -> "timeout: health rpc did not complete within " + GoDurations.text(timeout);
            case UNAVAILABLE ->
                "timeout: failed to connect service \"" + host + ":" + port + "\" within " + GoDurations.text(timeout)
                        + ": " + status.getDescription();
            default -> "error: health rpc probe failed: " + status.getDescription();
        };
    }
}
