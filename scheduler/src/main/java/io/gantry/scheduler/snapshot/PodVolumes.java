package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.PersistentVolumeClaimVolumeSource;
import io.gantry.api.core.v1.pod.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Which claims a pod's volumes mean: those it names, and those that are made for its generic ephemeral
/// volumes.
public final class PodVolumes {
    private PodVolumes() {}

    /// The claim of one volume, if it has one.
    public static Optional<String> claimName(PodInfo pod, Volume volume) {
        PersistentVolumeClaimVolumeSource claim = volume.persistentVolumeClaim();
        if (claim != null) {
            return Optional.of(claim.claimName());
        }
        return volume.ephemeral() == null ? Optional.empty() : Optional.of(pod.name() + "-" + volume.name());
    }

    /// The claims of all volumes.
    public static List<String> claimNames(PodInfo pod) {
        List<String> names = new ArrayList<>();
        for (Volume volume : pod.pod().spec().volumes()) {
            claimName(pod, volume).ifPresent(names::add);
        }
        return names;
    }

    /// Whether the claim is one of the pod's.
    public static boolean uses(PodInfo pod, PersistentVolumeClaim claim) {
        return pod.namespace().equals(claim.metadata().namespace())
                && claimNames(pod)
                        .contains(Objects.requireNonNullElse(claim.metadata().name(), ""));
    }
}
