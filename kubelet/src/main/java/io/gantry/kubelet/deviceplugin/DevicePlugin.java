package io.gantry.kubelet.deviceplugin;

import io.gantry.component.grpc.GrpcCodes;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.deviceplugin.v1beta1.AllocateRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.AllocateResponse;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerAllocateRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerAllocateResponse;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerPreferredAllocationRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.Device;
import io.gantry.kubelet.deviceplugin.v1beta1.DevicePluginGrpc;
import io.gantry.kubelet.deviceplugin.v1beta1.DevicePluginOptions;
import io.gantry.kubelet.deviceplugin.v1beta1.Empty;
import io.gantry.kubelet.deviceplugin.v1beta1.ListAndWatchResponse;
import io.gantry.kubelet.deviceplugin.v1beta1.PreStartContainerRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.PreferredAllocationRequest;
import io.gantry.kubelet.deviceplugin.v1beta1.PreferredAllocationResponse;
import io.gantry.kubelet.pod.DevicesFailure;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A registered plugin, over one connection. Calls block; thread-safe. Upstream sets no limit to an allocation, which
/// may take as long as a device takes to be programmed; it ends with the connection.
final class DevicePlugin implements AutoCloseable {
    /// Upstream's to dial.
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    /// Upstream's `KubeletPreStartContainerRPCTimeoutInSecs`.
    private static final Duration PRE_START_LIMIT = Duration.ofSeconds(30);

    private final String resource;
    private final ManagedChannel channel;
    private volatile DevicePluginOptions options = DevicePluginOptions.getDefaultInstance();

    DevicePlugin(String resource, ManagedChannel channel) {
        this.resource = resource;
        this.channel = channel;
    }

    String resource() {
        return resource;
    }

    /// Asks what else it wants to be asked.
    ///
    /// @throws DevicesFailure when nobody answers
    DevicePlugin connect() {
        try {
            options = DevicePluginGrpc.newBlockingStub(channel)
                    .withWaitForReady()
                    .withDeadlineAfter(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .getDevicePluginOptions(Empty.getDefaultInstance());
            return this;
        } catch (StatusRuntimeException failure) {
            throw new DevicesFailure(
                    "failed to get device plugin options: " + GrpcCodes.describe(failure.getStatus()), failure);
        }
    }

    /// Hears of its devices; returns when the plugin says no more, with the reason.
    String listAndWatch(Consumer<List<Device>> listener) {
        try {
            Iterator<ListAndWatchResponse> reports =
                    DevicePluginGrpc.newBlockingStub(channel).listAndWatch(Empty.getDefaultInstance());
            while (reports.hasNext()) {
                listener.accept(reports.next().getDevicesList());
            }
            return "EOF";
        } catch (StatusRuntimeException failure) {
            return GrpcCodes.describe(failure.getStatus());
        }
    }

    /// What a container gets with these devices.
    ContainerAllocateResponse allocate(Collection<String> devices) {
        AllocateRequest request = AllocateRequest.newBuilder()
                .addContainerRequests(ContainerAllocateRequest.newBuilder().addAllDevicesIds(devices))
                .build();
        AllocateResponse answer =
                call("", () -> DevicePluginGrpc.newBlockingStub(channel).allocate(request));
        if (answer.getContainerResponsesCount() == 0) {
            throw new DevicesFailure("no containers return in allocation response " + answer);
        }
        return answer.getContainerResponses(0);
    }

    /// Which of the available ones the plugin would give; none where it has no opinion.
    Set<String> preferred(Set<String> available, Set<String> mustInclude, int size) {
        if (!options.getGetPreferredAllocationAvailable()) {
            return Set.of();
        }
        PreferredAllocationRequest request = PreferredAllocationRequest.newBuilder()
                .addContainerRequests(ContainerPreferredAllocationRequest.newBuilder()
                        .addAllAvailableDeviceIDs(available)
                        .addAllMustIncludeDeviceIDs(mustInclude)
                        .setAllocationSize(size))
                .build();
        PreferredAllocationResponse answer = call(
                "device plugin GetPreferredAllocation rpc failed with err: ",
                () -> DevicePluginGrpc.newBlockingStub(channel).getPreferredAllocation(request));
        return answer.getContainerResponsesCount() == 0
                ? Set.of()
                : new TreeSet<>(answer.getContainerResponses(0).getDeviceIDsList());
    }

    boolean wantsPreStart() {
        return options.getPreStartRequired();
    }

    /// A container with these devices is about to start.
    void preStart(Collection<String> devices) {
        PreStartContainerRequest request =
                PreStartContainerRequest.newBuilder().addAllDevicesIds(devices).build();
        call(
                "device plugin PreStartContainer rpc failed with err: ",
                () -> DevicePluginGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(PRE_START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                        .preStartContainer(request));
    }

    private static <A> A call(String what, Supplier<A> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException failure) {
            throw new DevicesFailure(what + GrpcCodes.describe(failure.getStatus()), failure);
        }
    }

    @Override
    public void close() {
        UnixSockets.shutDown(channel);
    }
}
