package io.gantry.controllermanager.simulation;

import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import java.util.List;
import java.util.function.Consumer;

/// The life of claims: bound to a volume that was there, to one made at once, to one made for a pod's node, and to one
/// that lives as long as its pod; enlarged; deleted.
final class VolumeScript {
    private VolumeScript() {}

    static String size(String size) {
        return "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"" + size + "\"}}}}";
    }

    private static String claim(String storageClass) {
        return "{\"storageClassName\":\"" + storageClass + "\",\"accessModes\":[\"ReadWriteOnce\"],"
                + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}";
    }

    private static final String STATIC = "{\"storageClassName\":\"manual\",\"capacity\":{\"storage\":\"1Gi\"},"
            + "\"accessModes\":[\"ReadWriteOnce\"],\"persistentVolumeReclaimPolicy\":\"Retain\","
            + "\"hostPath\":{\"path\":\"/v\"}}";

    private static String pod(String volume) {
        return "{\"containers\":[{\"name\":\"c\",\"image\":\"a\"}],\"volumes\":[{\"name\":\"v\"," + volume + "}]}";
    }

    /// Ends with two claims of three volumes, and two pods.
    static List<Consumer<User>> actions() {
        return List.of(
                user -> user.make(
                        StorageClassKind.KIND,
                        "now",
                        ",\"provisioner\":\"gantry.io/local\",\"volumeBindingMode\":\"Immediate\","
                                + "\"reclaimPolicy\":\"Delete\",\"allowVolumeExpansion\":true"),
                user -> user.create(PersistentVolumeKind.KIND, "static", STATIC),
                user -> user.create(PersistentVolumeClaimKind.KIND, "manual", claim("manual")),
                user -> user.create(PersistentVolumeClaimKind.KIND, "quick", claim("now")),
                user -> user.create(PersistentVolumeClaimKind.KIND, "late", claim("standard")),
                user -> user.create(PersistentVolumeClaimKind.KIND, "stays", claim("standard")),
                user -> user.create(PodKind.KIND, "p", pod("\"persistentVolumeClaim\":{\"claimName\":\"late\"}")),
                user -> user.create(PodKind.KIND, "q", pod("\"persistentVolumeClaim\":{\"claimName\":\"stays\"}")),
                user -> user.create(
                        PodKind.KIND,
                        "e",
                        pod("\"ephemeral\":{\"volumeClaimTemplate\":{\"spec\":" + claim("standard") + "}}")),
                user -> user.patch(PersistentVolumeClaimKind.KIND, "quick", size("2Gi")),
                user -> user.delete(PersistentVolumeClaimKind.KIND, "late", "Background"),
                user -> user.delete(PodKind.KIND, "p", "Background"),
                user -> user.delete(PersistentVolumeClaimKind.KIND, "manual", "Background"),
                user -> user.delete(PersistentVolumeClaimKind.KIND, "quick", "Background"));
    }
}
