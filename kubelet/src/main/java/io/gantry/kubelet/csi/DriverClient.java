package io.gantry.kubelet.csi;

import io.gantry.component.grpc.GrpcCodes;
import io.gantry.kubelet.csi.v1.NodeExpandVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeGetCapabilitiesRequest;
import io.gantry.kubelet.csi.v1.NodeGetInfoRequest;
import io.gantry.kubelet.csi.v1.NodeGetInfoResponse;
import io.gantry.kubelet.csi.v1.NodeGetVolumeStatsRequest;
import io.gantry.kubelet.csi.v1.NodeGetVolumeStatsResponse;
import io.gantry.kubelet.csi.v1.NodeGrpc;
import io.gantry.kubelet.csi.v1.NodePublishVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import io.gantry.kubelet.csi.v1.NodeStageVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeUnpublishVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeUnstageVolumeRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The calls of one operation to a driver's node service, over a connection of their own, as upstream has
/// it: nothing is kept open for a driver that is not needed. Blocks; one owner.
final class DriverClient implements AutoCloseable {
    /// Upstream's `csiTimeout`.
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ManagedChannel channel;
    private final Function<Path, String> names;

    /// @param names what the driver calls a path of this node
    DriverClient(ManagedChannel channel, Function<Path, String> names) {
        this.channel = channel;
        this.names = names;
    }

    /// What the driver calls a path of this node.
    String name(Path path) {
        return names.apply(path);
    }

    NodeGetInfoResponse info() throws CsiFailure {
        return call(node -> node.nodeGetInfo(NodeGetInfoRequest.getDefaultInstance()));
    }

    Set<Type> capabilities() throws CsiFailure {
        Set<Type> found = EnumSet.noneOf(Type.class);
        call(node -> node.nodeGetCapabilities(NodeGetCapabilitiesRequest.getDefaultInstance()))
                .getCapabilitiesList()
                .forEach(capability -> found.add(capability.getRpc().getType()));
        return found;
    }

    void stage(NodeStageVolumeRequest request) throws CsiFailure {
        call(node -> node.nodeStageVolume(request));
    }

    void publish(NodePublishVolumeRequest request) throws CsiFailure {
        call(node -> node.nodePublishVolume(request));
    }

    void unpublish(String handle, Path target) throws CsiFailure {
        NodeUnpublishVolumeRequest request = NodeUnpublishVolumeRequest.newBuilder()
                .setVolumeId(handle)
                .setTargetPath(name(target))
                .build();
        call(node -> node.nodeUnpublishVolume(request));
    }

    void unstage(String handle, Path staging) throws CsiFailure {
        NodeUnstageVolumeRequest request = NodeUnstageVolumeRequest.newBuilder()
                .setVolumeId(handle)
                .setStagingTargetPath(name(staging))
                .build();
        call(node -> node.nodeUnstageVolume(request));
    }

    NodeGetVolumeStatsResponse stats(String handle, Path target) throws CsiFailure {
        NodeGetVolumeStatsRequest request = NodeGetVolumeStatsRequest.newBuilder()
                .setVolumeId(handle)
                .setVolumePath(name(target))
                .build();
        return call(node -> node.nodeGetVolumeStats(request));
    }

    void expand(NodeExpandVolumeRequest request) throws CsiFailure {
        call(node -> node.nodeExpandVolume(request));
    }

    private <T> T call(Function<NodeGrpc.NodeBlockingStub, T> call) throws CsiFailure {
        try {
            return call.apply(
                    NodeGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException failure) {
            Status status = failure.getStatus();
            throw CsiFailure.of(status, GrpcCodes.describe(status), failure);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
