package io.gantry.kubelet.dra;

import io.gantry.component.grpc.GrpcCodes;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.dra.v1.Claim;
import io.gantry.kubelet.dra.v1.DRAPluginGrpc;
import io.gantry.kubelet.dra.v1.NodePrepareResourcesRequest;
import io.gantry.kubelet.dra.v1.NodePrepareResourcesResponse;
import io.gantry.kubelet.dra.v1.NodeUnprepareResourcesRequest;
import io.gantry.kubelet.dra.v1.NodeUnprepareResourcesResponse;
import io.gantry.kubelet.plugin.Plugin;
import io.gantry.kubelet.pod.DevicesFailure;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A registered plugin of a driver, over one connection that is kept up: whether it stands tells whether the driver is
/// there. Calls block; thread-safe.
final class DraDriver implements AutoCloseable {
    /// Upstream's, half of the time in which it tries again.
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private static final String PACKAGE = "k8s.io.kubelet.pkg.apis.dra.";
    private static final List<String> SUPPORTED = List.of("v1.DRAPlugin", "v1beta1.DRAPlugin");

    private final Plugin plugin;
    private final String service;
    private final ManagedChannel channel;
    private final Runnable changed;
    private volatile boolean connected;

    /// @param changed called when the connection comes or goes; must not block
    DraDriver(Plugin plugin, ManagedChannel channel, Runnable changed) {
        this.plugin = plugin;
        this.service = service(plugin.versions()).orElseThrow();
        this.channel = channel;
        this.changed = changed;
    }

    /// The first service of the plugin's that is known here.
    static Optional<String> service(List<String> versions) {
        return versions.stream().filter(SUPPORTED::contains).findFirst();
    }

    static List<String> supported() {
        return SUPPORTED;
    }

    DraDriver start() {
        follow();
        return this;
    }

    /// Asks for a connection whenever there is none.
    private void follow() {
        ConnectivityState state = channel.getState(true);
        boolean now = state == ConnectivityState.READY;
        if (now != connected) {
            connected = now;
            changed.run();
        }
        if (state != ConnectivityState.SHUTDOWN) {
            channel.notifyWhenStateChanged(state, this::follow);
        }
    }

    Plugin plugin() {
        return plugin;
    }

    boolean isConnected() {
        return connected;
    }

    ManagedChannel channel() {
        return channel;
    }

    NodePrepareResourcesResponse prepare(List<Claim> claims) {
        return call(
                "NodePrepareResources",
                DRAPluginGrpc.getNodePrepareResourcesMethod(),
                NodePrepareResourcesRequest.newBuilder().addAllClaims(claims).build());
    }

    NodeUnprepareResourcesResponse unprepare(List<Claim> claims) {
        return call(
                "NodeUnprepareResources",
                DRAPluginGrpc.getNodeUnprepareResourcesMethod(),
                NodeUnprepareResourcesRequest.newBuilder().addAllClaims(claims).build());
    }

    private <Q, A> A call(String name, MethodDescriptor<Q, A> method, Q request) {
        MethodDescriptor<Q, A> ofVersion = method.toBuilder()
                .setFullMethodName(PACKAGE + service + "/" + name)
                .build();
        try {
            return ClientCalls.blockingUnaryCall(
                    channel,
                    ofVersion,
                    CallOptions.DEFAULT.withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS),
                    request);
        } catch (StatusRuntimeException failure) {
            throw new DevicesFailure(name + ": " + GrpcCodes.describe(failure.getStatus()), failure);
        }
    }

    @Override
    public void close() {
        UnixSockets.shutDown(channel);
    }
}
