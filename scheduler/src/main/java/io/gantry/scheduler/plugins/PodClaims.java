package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.PodVolumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The claims of a pod, sorted by how they stand.
///
/// @param problem why the pod cannot be scheduled anywhere, if so
/// @param bound volumes of bound claims
/// @param lost whether a claim is bound to a volume that is not there
/// @param delayed unbound claims of classes that wait for the first consumer
record PodClaims(Optional<String> problem, List<PersistentVolume> bound, boolean lost, List<Delayed> delayed) {
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
        boolean lost = false;
        for (Volume volume : pod.pod().spec().volumes()) {
            Optional<String> named = PodVolumes.claimName(pod, volume);
            if (named.isEmpty()) {
                continue;
            }
            String name = named.get();
            Optional<PersistentVolumeClaim> claim = cluster.claim(pod.namespace(), name);
            Optional<String> unusable = unusable(name, claim, volume);
            if (unusable.isPresent()) {
                return failed(unusable.get());
            }
            if (isBound(claim.get())) {
                String wanted = claim.get().spec().volumeName();
                Optional<PersistentVolume> found = cluster.volume(wanted == null ? "" : wanted);
                lost |= found.isEmpty();
                found.ifPresent(bound::add);
                continue;
            }
            Optional<StorageClass> waits = waitingClass(claim.get(), cluster);
            if (waits.isEmpty()) {
                return failed("pod has unbound immediate PersistentVolumeClaims");
            }
            delayed.add(new Delayed(claim.get(), waits.get()));
        }
        return new PodClaims(Optional.empty(), bound, lost, delayed);
    }

    static boolean isBound(PersistentVolumeClaim claim) {
        String volume = claim.spec().volumeName();
        return volume != null
                && !volume.isEmpty()
                && claim.metadata().annotations().containsKey("pv.kubernetes.io/bind-completed");
    }

    boolean isEmpty() {
        return problem.isEmpty() && bound.isEmpty() && !lost && delayed.isEmpty();
    }

    private static PodClaims failed(String problem) {
        return new PodClaims(Optional.of(problem), List.of(), false, List.of());
    }

    private static Optional<StorageClass> waitingClass(PersistentVolumeClaim claim, ClusterView cluster) {
        String name = StorageClassNames.of(claim);
        String volume = claim.spec().volumeName();
        if (name.isEmpty() || (volume != null && !volume.isEmpty())) {
            return Optional.empty();
        }
        return cluster.storageClass(name).filter(c -> "WaitForFirstConsumer".equals(c.volumeBindingMode()));
    }

    /// Why the pod must wait for its claim, if it must.
    private static Optional<String> unusable(String name, Optional<PersistentVolumeClaim> claim, Volume volume) {
        if (claim.isEmpty() && volume.ephemeral() != null) {
            return Optional.of(
                    "waiting for ephemeral volume controller to create the persistentvolumeclaim \"" + name + "\"");
        }
        if (claim.isEmpty()) {
            return Optional.of("persistentvolumeclaim \"" + name + "\" not found");
        }
        if (claim.get().metadata().deletionTimestamp() != null) {
            return Optional.of("persistentvolumeclaim \"" + name + "\" is being deleted");
        }
        if ("Lost".equals(claim.get().status().phase())) {
            return Optional.of("persistentvolumeclaim \"" + name + "\" bound to non-existent persistentvolume \""
                    + claim.get().spec().volumeName() + "\"");
        }
        return Optional.empty();
    }
}
