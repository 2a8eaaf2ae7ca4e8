package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.PersistentVolumeClaimVolumeSource;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The claims of a pod, sorted by how they stand.
///
/// @param problem why the pod cannot be scheduled anywhere, if so
/// @param bound volumes of bound claims
/// @param delayed unbound claims of classes that wait for the first consumer
record PodClaims(Optional<String> problem, List<PersistentVolume> bound, List<Delayed> delayed) {
    /// An unbound claim with its class.
    record Delayed(PersistentVolumeClaim claim, StorageClass storageClass) {
        /// Whether only volumes that an administrator made can serve it.
        boolean staticOnly() {
            return storageClass.provisioner().equals("kubernetes.io/no-provisioner");
        }
    }

    static PodClaims of(PodInfo pod, ClusterView cluster) {
        List<PersistentVolume> bound = new ArrayList<>();
        List<Delayed> delayed = new ArrayList<>();
        for (String name : names(pod)) {
            Optional<PersistentVolumeClaim> claim = cluster.claim(pod.namespace(), name);
            if (claim.isEmpty() || claim.get().metadata().deletionTimestamp() != null) {
                return failed("persistentvolumeclaim \"" + name + "\""
                        + (claim.isEmpty() ? " not found" : " is being deleted"));
            }
            if (isBound(claim.get())) {
                String volume = claim.get().spec().volumeName();
                Optional<PersistentVolume> found = cluster.volume(volume == null ? "" : volume);
                if (found.isEmpty()) {
                    return failed("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
                }
                bound.add(found.get());
                continue;
            }
            Optional<StorageClass> waits = waitingClass(claim.get(), cluster);
            if (waits.isEmpty()) {
                return failed("pod has unbound immediate PersistentVolumeClaims");
            }
            delayed.add(new Delayed(claim.get(), waits.get()));
        }
        return new PodClaims(Optional.empty(), bound, delayed);
    }

    static boolean isBound(PersistentVolumeClaim claim) {
        String volume = claim.spec().volumeName();
        return volume != null
                && !volume.isEmpty()
                && claim.metadata().annotations().containsKey("pv.kubernetes.io/bind-completed");
    }

    boolean isEmpty() {
        return problem.isEmpty() && bound.isEmpty() && delayed.isEmpty();
    }

    private static PodClaims failed(String problem) {
        return new PodClaims(Optional.of(problem), List.of(), List.of());
    }

    private static Optional<StorageClass> waitingClass(PersistentVolumeClaim claim, ClusterView cluster) {
        String name = claim.spec().storageClassName();
        String volume = claim.spec().volumeName();
        if (name == null || name.isEmpty() || (volume != null && !volume.isEmpty())) {
            return Optional.empty();
        }
        return cluster.storageClass(name).filter(c -> "WaitForFirstConsumer".equals(c.volumeBindingMode()));
    }

    private static List<String> names(PodInfo pod) {
        List<String> names = new ArrayList<>();
        for (Volume volume : pod.pod().spec().volumes()) {
            PersistentVolumeClaimVolumeSource claim = volume.persistentVolumeClaim();
            if (claim != null) {
                names.add(claim.claimName());
            } else if (volume.ephemeral() != null) {
                names.add(pod.name() + "-" + volume.name());
            }
        }
        return names;
    }
}
