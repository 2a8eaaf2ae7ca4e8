package io.gantry.kubelet.dra;

import io.gantry.kubelet.dra.health.DRAResourceHealthGrpc;
import io.gantry.kubelet.dra.health.DeviceHealth;
import io.gantry.kubelet.dra.health.DeviceIdentifier;
import io.gantry.kubelet.dra.health.HealthStatus;
import io.gantry.kubelet.dra.health.NodeWatchResourcesRequest;
import io.gantry.kubelet.dra.health.NodeWatchResourcesResponse;
import io.gantry.kubelet.dra.v1.Claim;
import io.gantry.kubelet.dra.v1.DRAPluginGrpc;
import io.gantry.kubelet.dra.v1.Device;
import io.gantry.kubelet.dra.v1.NodePrepareResourceResponse;
import io.gantry.kubelet.dra.v1.NodePrepareResourcesRequest;
import io.gantry.kubelet.dra.v1.NodePrepareResourcesResponse;
import io.gantry.kubelet.dra.v1.NodeUnprepareResourceResponse;
import io.gantry.kubelet.dra.v1.NodeUnprepareResourcesRequest;
import io.gantry.kubelet.dra.v1.NodeUnprepareResourcesResponse;
import io.gantry.kubelet.plugin.PluginServer;
import io.gantry.kubelet.plugin.v1.PluginInfo;
import io.gantry.kubelet.plugin.v1.RegistrationStatus;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A driver of dynamic resource allocation with its registrar on one socket: writes calls down, and gives each claim
/// one device, `d0` of the pool `pool`, for its request `r`.
public final class FakeDraDriver implements AutoCloseable {
    private static final String PACKAGE = "k8s.io.kubelet.pkg.apis.dra.";

    private final String service;
    private final List<String> cdiNames;
    private final PluginServer server;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<StreamObserver<NodeWatchResourcesResponse>> watchers = new CopyOnWriteArrayList<>();
    private volatile String error = "";

    /// @param service `v1.DRAPlugin`, `v1beta1.DRAPlugin`, or one that nobody knows
    /// @param cdiNames of the device
    public FakeDraDriver(String name, String service, Path socket, String... cdiNames) throws IOException {
        this.service = service;
        this.cdiNames = List.of(cdiNames);
        PluginInfo info = PluginInfo.newBuilder()
                .setType("DRAPlugin")
                .setName(name)
                .addSupportedVersions(service)
                .build();
        this.server = new PluginServer(socket, info, plugin(), new Healths().bindService());
    }

    public List<String> calls() {
        return List.copyOf(calls);
    }

    public List<RegistrationStatus> told() {
        return server.told();
    }

    /// What each claim fails with from now on; empty for nothing.
    public void failWith(String message) {
        error = message;
    }

    int watchers() {
        return watchers.size();
    }

    void tell(HealthStatus health, String message) {
        NodeWatchResourcesResponse report = NodeWatchResourcesResponse.newBuilder()
                .addDevices(DeviceHealth.newBuilder()
                        .setDevice(DeviceIdentifier.newBuilder()
                                .setPoolName("pool")
                                .setDeviceName("d0"))
                        .setHealth(health)
                        .setMessage(message))
                .build();
        watchers.forEach(watcher -> watcher.onNext(report));
    }

    /// Under the name of the version that it claims to be.
    private ServerServiceDefinition plugin() {
        String full = PACKAGE + service;
        return ServerServiceDefinition.builder(full)
                .addMethod(
                        named(DRAPluginGrpc.getNodePrepareResourcesMethod(), full),
                        ServerCalls.asyncUnaryCall(this::prepare))
                .addMethod(
                        named(DRAPluginGrpc.getNodeUnprepareResourcesMethod(), full),
                        ServerCalls.asyncUnaryCall(this::unprepare))
                .build();
    }

    private static <Q, A> MethodDescriptor<Q, A> named(MethodDescriptor<Q, A> method, String service) {
        return method.toBuilder()
                .setFullMethodName(service + "/" + method.getBareMethodName())
                .build();
    }

    private void prepare(NodePrepareResourcesRequest request, StreamObserver<NodePrepareResourcesResponse> observer) {
        NodePrepareResourcesResponse.Builder answer = NodePrepareResourcesResponse.newBuilder();
        for (Claim claim : request.getClaimsList()) {
            calls.add("prepare " + claim.getNamespace() + "/" + claim.getName());
            NodePrepareResourceResponse.Builder one =
                    NodePrepareResourceResponse.newBuilder().setError(error);
            if (error.isEmpty()) {
                one.addDevices(Device.newBuilder()
                        .addRequestNames("r")
                        .setPoolName("pool")
                        .setDeviceName("d0")
                        .addAllCdiDeviceIds(cdiNames));
            }
            answer.putClaims(claim.getUid(), one.build());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    private void unprepare(
            NodeUnprepareResourcesRequest request, StreamObserver<NodeUnprepareResourcesResponse> observer) {
        NodeUnprepareResourcesResponse.Builder answer = NodeUnprepareResourcesResponse.newBuilder();
        for (Claim claim : request.getClaimsList()) {
            calls.add("unprepare " + claim.getNamespace() + "/" + claim.getName());
            answer.putClaims(
                    claim.getUid(),
                    NodeUnprepareResourceResponse.newBuilder().setError(error).build());
        }
        observer.onNext(answer.build());
        observer.onCompleted();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private final class Healths extends DRAResourceHealthGrpc.DRAResourceHealthImplBase {
        @Override
        public void nodeWatchResources(
                NodeWatchResourcesRequest request, StreamObserver<NodeWatchResourcesResponse> observer) {
            watchers.add(observer);
        }
    }
}
