package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.core.v1.pod.VolumeResourceRequirements;
import io.gantry.api.resource.Quantity;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.StorageClasses;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Owners;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the volume controllers ask of volumes, claims and classes.
public final class Volumes {
    private Volumes() {}

    public static String name(KubernetesObject object) {
        return text(object.metadata().name());
    }

    static boolean has(KubernetesObject object, String annotation) {
        return object.metadata().annotations().containsKey(annotation);
    }

    static String annotation(KubernetesObject object, String annotation) {
        return text(object.metadata().annotations().get(annotation));
    }

    static boolean isGoing(KubernetesObject object) {
        return object.metadata().deletionTimestamp() != null;
    }

    /// `Filesystem` when the field says nothing.
    static String mode(@Nullable String volumeMode) {
        return text(volumeMode).isEmpty() ? "Filesystem" : text(volumeMode);
    }

    static Quantity requested(PersistentVolumeClaim claim) {
        VolumeResourceRequirements resources = claim.spec().resources();
        return resources == null ? Quantity.ZERO : resources.requests().getOrDefault("storage", Quantity.ZERO);
    }

    static Quantity capacity(PersistentVolume volume) {
        return volume.spec().capacity().getOrDefault("storage", Quantity.ZERO);
    }

    /// Whether the volume is reserved for this claim, by name and, where it says so, by uid.
    static boolean isReservedFor(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference ref = volume.spec().claimRef();
        return ref != null
                && text(ref.name()).equals(name(claim))
                && text(ref.namespace()).equals(text(claim.metadata().namespace()))
                && (text(ref.uid()).isEmpty() || text(ref.uid()).equals(Owners.uid(claim)));
    }

    static boolean waitsForConsumer(StorageClass storageClass) {
        return text(storageClass.volumeBindingMode()).equals("WaitForFirstConsumer");
    }

    /// The default class; of several the newest.
    static Optional<StorageClass> defaultClass(List<StorageClass> classes) {
        return classes.stream()
                .filter(StorageClasses::isDefault)
                .max(Comparator.<StorageClass, Instant>comparing(
                                c -> Fields.time(c.metadata().creationTimestamp()))
                        .thenComparing(Volumes::name, Comparator.reverseOrder()));
    }

    /// The names of the claims that a pod uses, those of its generic ephemeral volumes too.
    public static List<String> claimNames(Pod pod) {
        return pod.spec().volumes().stream()
                .flatMap(volume -> claimName(pod, volume).stream())
                .toList();
    }

    private static Optional<String> claimName(Pod pod, Volume volume) {
        if (volume.persistentVolumeClaim() != null) {
            return Optional.of(volume.persistentVolumeClaim().claimName());
        }
        return volume.ephemeral() == null ? Optional.empty() : Optional.of(ephemeralName(pod, volume));
    }

    /// The claim of a generic ephemeral volume.
    static String ephemeralName(Pod pod, Volume volume) {
        return name(pod) + "-" + volume.name();
    }
}
