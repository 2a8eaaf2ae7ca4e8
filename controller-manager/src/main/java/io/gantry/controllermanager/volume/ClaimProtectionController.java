package io.gantry.controllermanager.volume;

import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ListOptions;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.util.List;
import java.util.Optional;

/// Keeps a claim that is being deleted until no pod on a node uses it (upstream
/// `pkg/controller/volume/pvcprotection`). Before it lets go it asks the server, whose list no cache delays.
public final class ClaimProtectionController {
    private static final String NAME = "persistentvolumeclaim-protection-controller";
    private static final int WORKERS = 1;
    static final String FINALIZER = "kubernetes.io/pvc-protection";

    private ClaimProtectionController() {}

    public static Controller create(ControllerContext context) {
        Informer<PersistentVolumeClaim> claims = context.informers().informer(PersistentVolumeClaimKind.KIND);
        Informer<Pod> pods = VolumeBinderController.podsByClaim(context);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        claims.addHandler(InformerHandler.onAny(claim -> {
            if (isCandidate(claim)) {
                queue.add(ObjectKey.of(claim));
            }
        }));
        pods.addHandler(InformerHandler.onAny(pod -> Volumes.claimNames(pod).stream()
                .map(name -> new ObjectKey(ObjectKey.of(pod).namespace(), name))
                .filter(key -> claims.lister()
                        .get(key.namespace(), key.name())
                        .filter(Volumes::isGoing)
                        .isPresent())
                .forEach(queue::add)));
        Resource<PersistentVolumeClaim> resource = context.client().resource(PersistentVolumeClaimKind.KIND);
        Resource<Pod> podResource = context.client().resource(PodKind.KIND);
        Reconciler<ObjectKey> reconciler = key -> {
            Optional<PersistentVolumeClaim> found = claims.lister().get(key.namespace(), key.name());
            if (found.isEmpty() || !isCandidate(found.get())) {
                return Result.done();
            }
            PersistentVolumeClaim claim = found.get();
            if (!Volumes.isGoing(claim)) {
                Finalizers.add(resource, claim, FINALIZER);
                return Result.done();
            }
            List<Pod> known = pods.lister().byIndex(VolumeBinderController.PODS_BY_CLAIM, key.toString());
            boolean isUsed = isUsed(claim, known)
                    || isUsed(
                            claim,
                            podResource
                                    .list(ListOptions.inNamespace(key.namespace()))
                                    .items());
            if (!isUsed) {
                Finalizers.remove(resource, claim, FINALIZER);
            }
            return Result.done();
        };
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }

    private static boolean isCandidate(PersistentVolumeClaim claim) {
        return claim.metadata().finalizers().contains(FINALIZER) == Volumes.isGoing(claim);
    }

    static boolean isUsed(PersistentVolumeClaim claim, List<Pod> pods) {
        return pods.stream().anyMatch(pod -> isUsed(claim, pod));
    }

    /// A pod without a node holds nothing: no kubelet would start it with a claim that is going. A finished pod lets go
    /// of its own ephemeral claims only.
    private static boolean isUsed(PersistentVolumeClaim claim, Pod pod) {
        if (!Pods.isAssigned(pod)) {
            return false;
        }
        return pod.spec().volumes().stream().anyMatch(volume -> {
            if (volume.persistentVolumeClaim() != null) {
                return volume.persistentVolumeClaim().claimName().equals(Volumes.name(claim));
            }
            return volume.ephemeral() != null
                    && !Pods.isFinished(pod)
                    && Volumes.ephemeralName(pod, volume).equals(Volumes.name(claim))
                    && Owners.isControlledBy(claim, pod);
        });
    }
}
