package io.gantry.kubelet.cri;

import static io.gantry.kubelet.cri.CriConnection.call;

import io.gantry.kubelet.cri.containerd.RemoveSnapshotRequest;
import io.gantry.kubelet.cri.containerd.SnapshotMount;
import io.gantry.kubelet.cri.containerd.SnapshotsGrpc;
import io.gantry.kubelet.cri.containerd.ViewSnapshotRequest;
import io.gantry.kubelet.cri.v1.ImageSpec;
import io.gantry.kubelet.cri.v1.ImageStatusRequest;
import io.gantry.kubelet.cri.v1.StatusRequest;
import io.gantry.kubelet.runtime.ImageView;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Read-only views of images by containerd's snapshots: the image's layers are there already, unpacked for containers.
/// A view is a root of containerd's own garbage collection until it is removed.
final class ImageViews {
    private static final String DEFAULT_SNAPSHOTTER = "overlayfs";
    private static final Metadata.Key<String> NAMESPACE =
            Metadata.Key.of("containerd-namespace", Metadata.ASCII_STRING_MARSHALLER);
    private static final String CRI_NAMESPACE = "k8s.io";
    private static final String GC_ROOT = "containerd.io/gc.root";

    private final CriConnection connection;
    private final JsonMapper json = JsonMapper.shared();

    ImageViews(CriConnection connection) {
        this.connection = connection;
    }

    ImageView make(String reference, String key) {
        String chain = chain(reference);
        String snapshotter = snapshotter();
        remove(snapshotter, key);
        ViewSnapshotRequest request = ViewSnapshotRequest.newBuilder()
                .setSnapshotter(snapshotter)
                .setKey(key)
                .setParent(chain)
                .putLabels(GC_ROOT, Instant.now().toString())
                .build();
        var mounts = call(() -> snapshots().view(request)).getMountsList();
        if (mounts.size() != 1) {
            throw new RuntimeFailure(
                    RuntimeFailure.Code.OTHER,
                    "image " + reference + " needs " + mounts.size() + " mounts, not 1",
                    null);
        }
        SnapshotMount mount = mounts.getFirst();
        return new ImageView(mount.getType(), mount.getSource(), mount.getOptionsList());
    }

    /// What is not there is removed, as is everything of a runtime that has no views.
    void remove(String key) {
        remove(snapshotter(), key);
    }

    private void remove(String snapshotter, String key) {
        RemoveSnapshotRequest request = RemoveSnapshotRequest.newBuilder()
                .setSnapshotter(snapshotter)
                .setKey(key)
                .build();
        try {
            call(() -> snapshots().remove(request));
        } catch (RuntimeFailure failure) {
            if (failure.code() != RuntimeFailure.Code.NOT_FOUND
                    && failure.code() != RuntimeFailure.Code.UNIMPLEMENTED) {
                throw failure;
            }
        }
    }

    private SnapshotsGrpc.SnapshotsBlockingStub snapshots() {
        Metadata headers = new Metadata();
        headers.put(NAMESPACE, CRI_NAMESPACE);
        return SnapshotsGrpc.newBlockingStub(connection.channel())
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(CriConnection.CALL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The name of an image's topmost layer upon all others.
    private String chain(String reference) {
        ImageStatusRequest request = ImageStatusRequest.newBuilder()
                .setImage(ImageSpec.newBuilder().setImage(reference))
                .setVerbose(true)
                .build();
        Map<String, String> info =
                call(() -> connection.images().imageStatus(request)).getInfoMap();
        String chain = read(info.getOrDefault("info", "{}")).path("chainID").asString("");
        if (chain.isEmpty()) {
            throw new RuntimeFailure(
                    RuntimeFailure.Code.UNIMPLEMENTED,
                    "the runtime does not tell the layers of image " + reference
                            + ": volumes of images need containerd",
                    null);
        }
        return chain;
    }

    private String snapshotter() {
        StatusRequest request = StatusRequest.newBuilder().setVerbose(true).build();
        Map<String, String> info =
                call(() -> connection.runtime().status(request)).getInfoMap();
        return read(info.getOrDefault("config", "{}"))
                .path("containerd")
                .path("snapshotter")
                .asString(DEFAULT_SNAPSHOTTER);
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException unreadable) {
            throw new RuntimeFailure(
                    RuntimeFailure.Code.OTHER,
                    "the runtime's words are no JSON: " + unreadable.getMessage(),
                    unreadable);
        }
    }
}
