package io.gantry.api.core.v1.persistentvolumeclaim;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.meta.v1.ObjectMeta;
import org.jspecify.annotations.Nullable;

/// Which StorageClass claims and volumes name: an old annotation, where it is there, says it before the field does
/// (upstream `component-helpers/storage/volume`).
public final class StorageClassNames {
    public static final String BETA = "volume.beta.kubernetes.io/storage-class";

    private StorageClassNames() {}

    /// Empty for none.
    public static String of(PersistentVolumeClaim claim) {
        return of(claim.metadata(), claim.spec().storageClassName());
    }

    /// Empty for none.
    public static String of(PersistentVolume volume) {
        return of(volume.metadata(), volume.spec().storageClassName());
    }

    /// Whether a claim says which class it wants, be it none: then it gets no default one.
    public static boolean isSaid(PersistentVolumeClaim claim) {
        return claim.metadata().annotations().containsKey(BETA) || claim.spec().storageClassName() != null;
    }

    private static String of(ObjectMeta metadata, @Nullable String field) {
        String annotated = metadata.annotations().get(BETA);
        String name = annotated == null ? field : annotated;
        return name == null ? "" : name;
    }
}
