package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.pod.AWSElasticBlockStoreVolumeSource;
import io.gantry.api.core.v1.pod.GCEPersistentDiskVolumeSource;
import io.gantry.api.core.v1.pod.ISCSIVolumeSource;
import io.gantry.api.core.v1.pod.RBDVolumeSource;
import io.gantry.api.core.v1.pod.Volume;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Disks that pods name directly, and which of them cannot be mounted twice.
final class Disks {
    private Disks() {}

    static boolean isDisk(Volume volume) {
        return volume.gcePersistentDisk() != null
                || volume.awsElasticBlockStore() != null
                || volume.rbd() != null
                || volume.iscsi() != null;
    }

    /// Whether both are the same disk, and not both mounted read-only.
    static boolean conflict(Volume wanted, Volume other) {
        return google(wanted.gcePersistentDisk(), other.gcePersistentDisk())
                || amazon(wanted.awsElasticBlockStore(), other.awsElasticBlockStore())
                || iscsi(wanted.iscsi(), other.iscsi())
                || ceph(wanted.rbd(), other.rbd());
    }

    private static boolean google(
            @Nullable GCEPersistentDiskVolumeSource one, @Nullable GCEPersistentDiskVolumeSource two) {
        return one != null
                && two != null
                && one.pdName().equals(two.pdName())
                && !bothReadOnly(one.readOnly(), two.readOnly());
    }

    private static boolean amazon(
            @Nullable AWSElasticBlockStoreVolumeSource one, @Nullable AWSElasticBlockStoreVolumeSource two) {
        return one != null && two != null && one.volumeID().equals(two.volumeID());
    }

    private static boolean iscsi(@Nullable ISCSIVolumeSource one, @Nullable ISCSIVolumeSource two) {
        return one != null
                && two != null
                && one.iqn().equals(two.iqn())
                && !bothReadOnly(one.readOnly(), two.readOnly());
    }

    private static boolean ceph(@Nullable RBDVolumeSource one, @Nullable RBDVolumeSource two) {
        return one != null
                && two != null
                && !Collections.disjoint(one.monitors(), two.monitors())
                && Objects.equals(one.pool(), two.pool())
                && one.image().equals(two.image())
                && !bothReadOnly(one.readOnly(), two.readOnly());
    }

    private static boolean bothReadOnly(@Nullable Boolean one, @Nullable Boolean two) {
        return Boolean.TRUE.equals(one) && Boolean.TRUE.equals(two);
    }
}
