package io.gantry.kubelet.deviceplugin;

import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.deviceplugin.v1beta1.AllocateRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.AllocateResponse;
import io.gantry.kubelet.deviceplugin.v1beta1.CDIDevice;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerAllocateResponse;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerPreferredAllocationRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerPreferredAllocationResponse;
import io.gantry.kubelet.deviceplugin.v1beta1.Device;
import io.gantry.kubelet.deviceplugin.v1beta1.DevicePluginGrpc;
import io.gantry.kubelet.deviceplugin.v1beta1.DevicePluginOptions;
import io.gantry.kubelet.deviceplugin.v1beta1.DeviceSpec;
import io.gantry.kubelet.deviceplugin.v1beta1.Empty;
import io.gantry.kubelet.deviceplugin.v1beta1.ListAndWatchResponse;
import io.gantry.kubelet.deviceplugin.v1beta1.Mount;
import io.gantry.kubelet.deviceplugin.v1beta1.NUMANode;
import io.gantry.kubelet.deviceplugin.v1beta1.PreStartContainerRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.PreStartContainerResponse;
import io.gantry.kubelet.deviceplugin.v1beta1.PreferredAllocationRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.PreferredAllocationResponse;
import io.gantry.kubelet.deviceplugin.v1beta1.RegisterRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.RegistrationGrpc;
import io.gantry.kubelet.deviceplugin.v1beta1.TopologyInfo;
import io.gantry.kubelet.plugin.v1.InfoRequest;
import io.gantry.kubelet.plugin.v1.PluginInfo;
import io.gantry.kubelet.plugin.v1.RegistrationStatus;
import io.gantry.kubelet.plugin.v1.RegistrationStatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A device plugin: writes calls down; a container with its devices has their names in the variable `DEVICES`, and what
/// [#giving] says besides. Of what it may choose it prefers the last.
public final class FakeDevicePlugin implements AutoCloseable {
    private final String resource;
    private final Path socket;
    private final UnixSockets sockets = new UnixSockets("fake-device-plugin");
    private Server server;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<StreamObserver<ListAndWatchResponse>> watchers = new CopyOnWriteArrayList<>();
    private volatile ListAndWatchResponse devices;
    private volatile ContainerAllocateResponse gift = ContainerAllocateResponse.getDefaultInstance();
    private volatile String error = "";

    /// @param devices healthy ones, at NUMA node 0
    public FakeDevicePlugin(String resource, Path socket, String... devices) throws IOException {
        this.resource = resource;
        this.socket = socket;
        this.devices = report("Healthy", devices);
        this.server = serve();
    }

    private Server serve() throws IOException {
        Files.deleteIfExists(socket);
        return sockets.serve(socket, new Plugin().bindService(), new Registrar().bindService());
    }

    /// What plugins do when a kubelet has come anew, which takes their sockets away: serves again, and registers.
    public void comeAgain(Path kubelet, String version) throws IOException {
        server.shutdownNow();
        watchers.clear();
        server = serve();
        register(kubelet, version);
    }

    private static ListAndWatchResponse report(String health, String... devices) {
        return ListAndWatchResponse.newBuilder()
                .addAllDevices(List.of(devices).stream()
                        .map(id -> Device.newBuilder()
                                .setID(id)
                                .setHealth(health)
                                .setTopology(TopologyInfo.newBuilder().addNodes(NUMANode.getDefaultInstance()))
                                .build())
                        .toList())
                .build();
    }

    /// Says who it is at the kubelet's socket, beside which its own must be.
    public void register(Path kubelet, String version) {
        ManagedChannel channel = sockets.open(kubelet);
        try {
            RegistrationGrpc.newBlockingStub(channel)
                    .withWaitForReady()
                    .register(RegisterRequest.newBuilder()
                            .setVersion(version)
                            .setEndpoint(socket.getFileName().toString())
                            .setResourceName(resource)
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }

    public List<String> calls() {
        return List.copyOf(calls);
    }

    /// What each container gets besides the variable.
    public FakeDevicePlugin giving(DeviceSpec device, Mount mount, String... cdiNames) {
        ContainerAllocateResponse.Builder all = ContainerAllocateResponse.newBuilder()
                .addDevices(device)
                .addMounts(mount)
                .putAnnotations("fake", "plugin");
        for (String name : cdiNames) {
            all.addCdiDevices(CDIDevice.newBuilder().setName(name));
        }
        gift = all.build();
        return this;
    }

    void failWith(String message) {
        error = message;
    }

    /// These are all of its devices from now on.
    public void tell(String health, String... ids) {
        devices = report(health, ids);
        watchers.forEach(watcher -> watcher.onNext(devices));
    }

    @Override
    public void close() throws IOException {
        server.shutdownNow();
        sockets.close();
        Files.deleteIfExists(socket);
    }

    private static <A> void answer(StreamObserver<A> observer, A answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }

    private final class Plugin extends DevicePluginGrpc.DevicePluginImplBase {
        @Override
        public void getDevicePluginOptions(Empty request, StreamObserver<DevicePluginOptions> observer) {
            answer(
                    observer,
                    DevicePluginOptions.newBuilder()
                            .setPreStartRequired(true)
                            .setGetPreferredAllocationAvailable(true)
                            .build());
        }

        @Override
        public void listAndWatch(Empty request, StreamObserver<ListAndWatchResponse> observer) {
            watchers.add(observer);
            observer.onNext(devices);
        }

        @Override
        public void getPreferredAllocation(
                PreferredAllocationRequest request, StreamObserver<PreferredAllocationResponse> observer) {
            ContainerPreferredAllocationRequest wish = request.getContainerRequests(0);
            calls.add("prefer " + wish.getAllocationSize() + " of " + wish.getAvailableDeviceIDsList() + " with "
                    + wish.getMustIncludeDeviceIDsList());
            List<String> ids = wish.getAvailableDeviceIDsList();
            answer(
                    observer,
                    PreferredAllocationResponse.newBuilder()
                            .addContainerResponses(ContainerPreferredAllocationResponse.newBuilder()
                                    .addAllDeviceIDs(ids.subList(
                                            Math.max(0, ids.size() - wish.getAllocationSize()), ids.size())))
                            .build());
        }

        @Override
        public void allocate(AllocateRequest request, StreamObserver<AllocateResponse> observer) {
            List<String> ids = request.getContainerRequests(0).getDevicesIdsList();
            calls.add("allocate " + ids);
            if (!error.isEmpty()) {
                observer.onError(Status.UNKNOWN.withDescription(error).asRuntimeException());
                return;
            }
            answer(
                    observer,
                    AllocateResponse.newBuilder()
                            .addContainerResponses(gift.toBuilder().putEnvs("DEVICES", String.join(",", ids)))
                            .build());
        }

        @Override
        public void preStartContainer(
                PreStartContainerRequest request, StreamObserver<PreStartContainerResponse> observer) {
            calls.add("pre-start " + request.getDevicesIdsList());
            answer(observer, PreStartContainerResponse.getDefaultInstance());
        }
    }

    /// For a socket that the kubelet's plugin watcher finds.
    private final class Registrar extends io.gantry.kubelet.plugin.v1.RegistrationGrpc.RegistrationImplBase {
        @Override
        public void getInfo(InfoRequest request, StreamObserver<PluginInfo> observer) {
            answer(
                    observer,
                    PluginInfo.newBuilder()
                            .setType("DevicePlugin")
                            .setName(resource)
                            .addSupportedVersions("v1beta1")
                            .build());
        }

        @Override
        public void notifyRegistrationStatus(
                RegistrationStatus request, StreamObserver<RegistrationStatusResponse> observer) {
            calls.add("registered " + request.getPluginRegistered());
            answer(observer, RegistrationStatusResponse.getDefaultInstance());
        }
    }
}
