package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.core.v1.pod.PlacementWarnings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is allowed in a PersistentVolume and yet old (upstream `pkg/api/persistentvolume/util.go`).
final class VolumeWarnings {
    private VolumeWarnings() {}

    static List<String> of(PersistentVolume volume) {
        List<String> warnings = new ArrayList<>();
        annotation(volume, "storage-class", "v1.8", "storageClassName", warnings);
        annotation(volume, "mount-options", "v1.31", "mountOptions", warnings);
        PersistentVolumeSpec spec = volume.spec();
        if ("Recycle".equals(spec.persistentVolumeReclaimPolicy())) {
            warnings.add("spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the"
                    + " recommended approach is to use dynamic provisioning.");
        }
        if (spec.nodeAffinity() != null && spec.nodeAffinity().required() != null) {
            PlacementWarnings.terms(spec.nodeAffinity().required(), "spec.nodeAffinity.required", warnings);
        }
        source(spec.cephfs(), "cephfs", "v1.28, non-functional in v1.31+", warnings);
        source(spec.photonPersistentDisk(), "photonPersistentDisk", "v1.11, non-functional in v1.16+", warnings);
        source(spec.scaleIO(), "scaleIO", "v1.16, non-functional in v1.22+", warnings);
        source(spec.storageos(), "storageOS", "v1.22, non-functional in v1.25+", warnings);
        source(spec.glusterfs(), "glusterfs", "v1.25, non-functional in v1.26+", warnings);
        source(spec.rbd(), "rbd", "v1.28, non-functional in v1.31+", warnings);
        return warnings;
    }

    private static void annotation(
            PersistentVolume volume, String name, String since, String field, List<String> warnings) {
        String key = "volume.beta.kubernetes.io/" + name;
        if (volume.metadata().annotations().containsKey(key)) {
            warnings.add("metadata.annotations[" + key + "]: deprecated since " + since + "; use \"" + field
                    + "\" attribute instead");
        }
    }

    private static void source(@Nullable Object source, String name, String since, List<String> warnings) {
        if (source != null) {
            warnings.add("spec." + name + ": deprecated in " + since);
        }
    }
}
