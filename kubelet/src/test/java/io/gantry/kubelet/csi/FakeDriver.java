package io.gantry.kubelet.csi;

import io.gantry.kubelet.csi.v1.NodeExpandVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeExpandVolumeResponse;
import io.gantry.kubelet.csi.v1.NodeGetCapabilitiesRequest;
import io.gantry.kubelet.csi.v1.NodeGetCapabilitiesResponse;
import io.gantry.kubelet.csi.v1.NodeGetInfoRequest;
import io.gantry.kubelet.csi.v1.NodeGetInfoResponse;
import io.gantry.kubelet.csi.v1.NodeGetVolumeStatsRequest;
import io.gantry.kubelet.csi.v1.NodeGetVolumeStatsResponse;
import io.gantry.kubelet.csi.v1.NodeGrpc;
import io.gantry.kubelet.csi.v1.NodePublishVolumeRequest;
import io.gantry.kubelet.csi.v1.NodePublishVolumeResponse;
import io.gantry.kubelet.csi.v1.NodeServiceCapability;
import io.gantry.kubelet.csi.v1.NodeServiceCapability.RPC.Type;
import io.gantry.kubelet.csi.v1.NodeStageVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeStageVolumeResponse;
import io.gantry.kubelet.csi.v1.NodeUnpublishVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeUnpublishVolumeResponse;
import io.gantry.kubelet.csi.v1.NodeUnstageVolumeRequest;
import io.gantry.kubelet.csi.v1.NodeUnstageVolumeResponse;
import io.gantry.kubelet.csi.v1.Topology;
import io.gantry.kubelet.csi.v1.VolumeUsage;
import io.gantry.kubelet.plugin.PluginServer;
import io.gantry.kubelet.plugin.v1.PluginInfo;
import io.gantry.kubelet.plugin.v1.RegistrationStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A CSI driver with its registrar on one socket: writes calls down, and makes folders where volumes would
/// be, or really mounts them.
public final class FakeDriver implements AutoCloseable {
    private final PluginServer server;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile List<Type> can = List.of(Type.STAGE_UNSTAGE_VOLUME, Type.EXPAND_VOLUME);
    private volatile long limit = 8;
    private volatile Status failure = Status.OK;
    private volatile Status unstaging = Status.OK;
    private volatile Optional<Path> data = Optional.empty();
    private volatile NodePublishVolumeRequest published = NodePublishVolumeRequest.getDefaultInstance();

    public FakeDriver(String type, String name, Path socket) throws IOException {
        PluginInfo info = PluginInfo.newBuilder()
                .setType(type)
                .setName(name)
                .addSupportedVersions("1.0.0")
                .build();
        this.server = new PluginServer(socket, info, new NodeService().bindService());
    }

    public List<String> calls() {
        return List.copyOf(calls);
    }

    public List<RegistrationStatus> told() {
        return server.told();
    }

    NodePublishVolumeRequest published() {
        return published;
    }

    FakeDriver withCapabilities(Type... types) {
        can = List.of(types);
        return this;
    }

    /// Volumes are folders in here, mounted where they are published; needs root.
    public FakeDriver thatMounts(Path folder) {
        data = Optional.of(folder);
        return this;
    }

    private void mount(String volume, Path target) throws IOException {
        if (data.isPresent()) {
            Path folder = Files.createDirectories(data.get().resolve(volume));
            run("mount", "--bind", folder.toString(), target.toString());
        }
    }

    private static void run(String... words) throws IOException {
        try {
            int code = new ProcessBuilder(words).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IOException(String.join(" ", words) + " ended with " + code);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /// How many volumes the node may have from now on.
    void limit(long volumes) {
        limit = volumes;
    }

    /// What calls for volumes fail with from now on.
    void failWith(Status status) {
        failure = status;
    }

    void failUnstagingWith(Status status) {
        unstaging = status;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private <T> void answer(String call, StreamObserver<T> observer, T answer, IoAction action) {
        calls.add(call);
        try {
            if (!failure.isOk()) {
                observer.onError(failure.asRuntimeException());
                return;
            }
            action.run();
            observer.onNext(answer);
            observer.onCompleted();
        } catch (StatusRuntimeException refused) {
            observer.onError(refused);
        } catch (IOException failed) {
            observer.onError(
                    Status.INTERNAL.withDescription(failed.getMessage()).asRuntimeException());
        }
    }

    private interface IoAction {
        void run() throws IOException;
    }

    private final class NodeService extends NodeGrpc.NodeImplBase {
        @Override
        public void nodeGetInfo(NodeGetInfoRequest request, StreamObserver<NodeGetInfoResponse> observer) {
            observer.onNext(NodeGetInfoResponse.newBuilder()
                    .setNodeId("id-of-node")
                    .setMaxVolumesPerNode(limit)
                    .setAccessibleTopology(Topology.newBuilder().putAllSegments(Map.of("topology.fake/zone", "here")))
                    .build());
            observer.onCompleted();
        }

        @Override
        public void nodeGetCapabilities(
                NodeGetCapabilitiesRequest request, StreamObserver<NodeGetCapabilitiesResponse> observer) {
            NodeGetCapabilitiesResponse.Builder answer = NodeGetCapabilitiesResponse.newBuilder();
            can.forEach(each -> answer.addCapabilities(NodeServiceCapability.newBuilder()
                    .setRpc(NodeServiceCapability.RPC.newBuilder().setType(each))));
            observer.onNext(answer.build());
            observer.onCompleted();
        }

        @Override
        public void nodeStageVolume(NodeStageVolumeRequest request, StreamObserver<NodeStageVolumeResponse> observer) {
            answer(
                    "stage " + request.getVolumeId() + " secrets=" + request.getSecretsMap(),
                    observer,
                    NodeStageVolumeResponse.getDefaultInstance(),
                    () -> {});
        }

        @Override
        public void nodeUnstageVolume(
                NodeUnstageVolumeRequest request, StreamObserver<NodeUnstageVolumeResponse> observer) {
            answer("unstage " + request.getVolumeId(), observer, NodeUnstageVolumeResponse.getDefaultInstance(), () -> {
                if (!unstaging.isOk()) {
                    throw unstaging.asRuntimeException();
                }
            });
        }

        @Override
        public void nodePublishVolume(
                NodePublishVolumeRequest request, StreamObserver<NodePublishVolumeResponse> observer) {
            published = request;
            boolean block = request.getVolumeCapability().hasBlock();
            answer("publish " + request.getVolumeId(), observer, NodePublishVolumeResponse.getDefaultInstance(), () -> {
                Path target = Path.of(request.getTargetPath());
                if (block && !Files.exists(target)) {
                    Files.createFile(target);
                } else if (!block) {
                    Files.createDirectories(target);
                    mount(request.getVolumeId(), target);
                }
            });
        }

        @Override
        public void nodeUnpublishVolume(
                NodeUnpublishVolumeRequest request, StreamObserver<NodeUnpublishVolumeResponse> observer) {
            answer(
                    "unpublish " + request.getVolumeId(),
                    observer,
                    NodeUnpublishVolumeResponse.getDefaultInstance(),
                    () -> {
                        if (data.isPresent()) {
                            run("umount", request.getTargetPath());
                        }
                        Files.deleteIfExists(Path.of(request.getTargetPath()));
                    });
        }

        @Override
        public void nodeGetVolumeStats(
                NodeGetVolumeStatsRequest request, StreamObserver<NodeGetVolumeStatsResponse> observer) {
            answer(
                    "stats " + request.getVolumeId() + " of "
                            + Path.of(request.getVolumePath()).getFileName(),
                    observer,
                    NodeGetVolumeStatsResponse.newBuilder()
                            .addUsage(VolumeUsage.newBuilder()
                                    .setUnit(VolumeUsage.Unit.BYTES)
                                    .setAvailable(6)
                                    .setTotal(10)
                                    .setUsed(4))
                            .build(),
                    () -> {});
        }

        @Override
        public void nodeExpandVolume(
                NodeExpandVolumeRequest request, StreamObserver<NodeExpandVolumeResponse> observer) {
            answer(
                    "expand " + request.getVolumeId() + " "
                            + request.getCapacityRange().getRequiredBytes(),
                    observer,
                    NodeExpandVolumeResponse.getDefaultInstance(),
                    () -> {});
        }
    }
}
