package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.controllermanager.common.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which volume serves a claim best (upstream `component-helpers/storage/volume/pv_helpers.go`): one that is reserved
/// for it, else of those that fit the one with the fewest access modes, and of these the smallest.
final class VolumeMatch {
    private VolumeMatch() {}

    /// @param reservedOnly for a claim that waits for its first consumer: the scheduler chooses among the others
    static Optional<PersistentVolume> of(
            PersistentVolumeClaim claim, List<PersistentVolume> volumes, boolean reservedOnly) {
        Optional<PersistentVolume> reserved = volumes.stream()
                .filter(v -> Volumes.isReservedFor(v, claim) && isLargeEnough(v, claim) && isSameMode(v, claim))
                .filter(v -> !Volumes.isGoing(v))
                .min(Comparator.comparing(Volumes::name));
        if (reserved.isPresent() || reservedOnly) {
            return reserved;
        }
        return volumes.stream()
                .filter(v -> v.spec().claimRef() == null && !Volumes.isGoing(v))
                .filter(v -> text(v.status().phase()).equals("Available"))
                .filter(v -> mismatch(v, claim).isEmpty() && isSelected(v, claim))
                .min(Comparator.<PersistentVolume>comparingInt(
                                v -> v.spec().accessModes().size())
                        .thenComparing(Volumes::capacity)
                        .thenComparing(Volumes::name));
    }

    /// Why the volume cannot serve a claim that asks for it by name.
    static Optional<String> mismatch(PersistentVolume volume, PersistentVolumeClaim claim) {
        if (!isLargeEnough(volume, claim)) {
            return Optional.of("requested PV is too small");
        }
        if (!StorageClassNames.of(volume).equals(StorageClassNames.of(claim))) {
            return Optional.of("storageClassName does not match");
        }
        if (!text(volume.spec().volumeAttributesClassName())
                .equals(text(claim.spec().volumeAttributesClassName()))) {
            return Optional.of("volumeAttributesClassName does not match");
        }
        if (!isSameMode(volume, claim)) {
            return Optional.of("incompatible volumeMode");
        }
        if (!volume.spec().accessModes().containsAll(claim.spec().accessModes())) {
            return Optional.of("incompatible accessMode");
        }
        return Optional.empty();
    }

    private static boolean isLargeEnough(PersistentVolume volume, PersistentVolumeClaim claim) {
        return Volumes.capacity(volume).compareTo(Volumes.requested(claim)) >= 0;
    }

    static boolean isSameMode(PersistentVolume volume, PersistentVolumeClaim claim) {
        return Volumes.mode(volume.spec().volumeMode())
                .equals(Volumes.mode(claim.spec().volumeMode()));
    }

    private static boolean isSelected(PersistentVolume volume, PersistentVolumeClaim claim) {
        return claim.spec().selector() == null
                || Labels.matches(claim.spec().selector(), volume.metadata().labels());
    }
}
