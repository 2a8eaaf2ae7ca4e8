package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.controllermanager.common.Owners;
import java.util.Optional;

/// The binder's next step for a volume (upstream `syncVolume` in `pkg/controller/volume/persistentvolume`). Pure.
final class VolumePlan {
    private VolumePlan() {}

    /// @param claim the claim of the name that the volume refers to
    static VolumeStep of(PersistentVolume volume, Optional<PersistentVolumeClaim> claim) {
        ObjectReference ref = volume.spec().claimRef();
        if (ref == null || text(ref.uid()).isEmpty()) {
            return new VolumeStep.Phase("Available");
        }
        Optional<PersistentVolumeClaim> same = claim.filter(c -> Owners.uid(c).equals(ref.uid()));
        if (same.isEmpty()) {
            return released(volume);
        }
        String bound = text(same.get().spec().volumeName());
        if (bound.isEmpty()) {
            return new VolumeStep.AskClaim();
        }
        if (bound.equals(Volumes.name(volume))) {
            return new VolumeStep.Phase("Bound");
        }
        if (Volumes.has(volume, VolumeAnnotations.PROVISIONED_BY)
                && policy(volume).equals("Delete")) {
            return new VolumeStep.Reclaim("Delete");
        }
        return new VolumeStep.Unbind(!Volumes.has(volume, VolumeAnnotations.BOUND_BY_CONTROLLER));
    }

    private static VolumeStep released(PersistentVolume volume) {
        String policy = policy(volume);
        return policy.equals("Retain") ? new VolumeStep.Release() : new VolumeStep.Reclaim(policy);
    }

    /// Whether a driver of storage deletes the volume, which it finds by its phase (upstream `findDeletablePlugin`).
    static boolean isDeletedByDriver(PersistentVolume volume) {
        return volume.spec().csi() != null
                || Volumes.has(volume, VolumeAnnotations.PROVISIONED_BY)
                || Volumes.has(volume, VolumeAnnotations.MIGRATED_TO);
    }

    static String policy(PersistentVolume volume) {
        String policy = text(volume.spec().persistentVolumeReclaimPolicy());
        return policy.isEmpty() ? "Retain" : policy;
    }
}
