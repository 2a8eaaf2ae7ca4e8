package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import java.util.List;

/// Binds claims to volumes. Watches both, and the classes: whatever may let a waiting claim be bound asks for it again.
public final class VolumeBinderController {
    private static final String NAME = "persistentvolume-controller";
    private static final int WORKERS = 2;

    /// The index of pods by the claims that they use: `namespace/claim`.
    public static final String PODS_BY_CLAIM = "claim";

    /// The index of volumes by the claims that they are reserved for: `namespace/claim`.
    private static final String VOLUMES_BY_CLAIM = "claim";

    private VolumeBinderController() {}

    public static Controller create(ControllerContext context) {
        Informer<PersistentVolumeClaim> claims = context.informers().informer(PersistentVolumeClaimKind.KIND);
        Informer<PersistentVolume> volumes = context.informers().informer(PersistentVolumeKind.KIND);
        Informer<StorageClass> classes = context.informers().informer(StorageClassKind.KIND);
        Informer<Pod> pods = podsByClaim(context);
        WorkQueue<BinderKey> queue = new WorkQueue<>();
        volumes.addIndex(VOLUMES_BY_CLAIM, VolumeBinderController::reservation);
        claims.addHandler(InformerHandler.onAny(claim -> {
            queue.add(new BinderKey.Claim(ObjectKey.of(claim)));
            askVolumes(claim, volumes.lister(), queue);
        }));
        volumes.addHandler(InformerHandler.onAny(volume -> {
            queue.add(new BinderKey.Volume(Volumes.name(volume)));
            askClaims(volume, claims.lister(), queue);
        }));
        classes.addHandler(InformerHandler.onAny(storageClass -> claims.lister().all().stream()
                .filter(VolumeBinderController::waits)
                .forEach(claim -> queue.add(new BinderKey.Claim(ObjectKey.of(claim))))));
        VolumeBinder binder = new VolumeBinder(
                claims.lister(),
                volumes.lister(),
                classes.lister(),
                pods.lister(),
                context.client(),
                context.events().apply(NAME),
                context.clock());
        return new QueueController<>(NAME, queue, WORKERS, binder);
    }

    /// The pods, indexed by the claims that they use.
    public static Informer<Pod> podsByClaim(ControllerContext context) {
        Informer<Pod> pods = context.informers().informer(PodKind.KIND);
        pods.addIndex(
                PODS_BY_CLAIM,
                pod -> Volumes.claimNames(pod).stream()
                        .map(name -> ObjectKey.of(pod).namespace() + "/" + name)
                        .toList());
        return pods;
    }

    private static List<String> reservation(PersistentVolume volume) {
        ObjectReference ref = volume.spec().claimRef();
        return ref == null ? List.of() : List.of(text(ref.namespace()) + "/" + text(ref.name()));
    }

    /// The volume that the claim names, and those made for it: a claim may go before it was bound to them.
    private static void askVolumes(
            PersistentVolumeClaim claim, Lister<PersistentVolume> volumes, WorkQueue<BinderKey> queue) {
        String volume = text(claim.spec().volumeName());
        if (!volume.isEmpty()) {
            queue.add(new BinderKey.Volume(volume));
        }
        ObjectKey key = ObjectKey.of(claim);
        volumes.byIndex(VOLUMES_BY_CLAIM, key.namespace() + "/" + key.name())
                .forEach(v -> queue.add(new BinderKey.Volume(Volumes.name(v))));
    }

    private static void askClaims(
            PersistentVolume volume, Lister<PersistentVolumeClaim> claims, WorkQueue<BinderKey> queue) {
        ObjectReference ref = volume.spec().claimRef();
        if (ref != null) {
            queue.add(new BinderKey.Claim(new ObjectKey(text(ref.namespace()), text(ref.name()))));
            return;
        }
        claims.all().stream()
                .filter(VolumeBinderController::waits)
                .filter(c -> StorageClassNames.of(c).equals(StorageClassNames.of(volume)))
                .forEach(claim -> queue.add(new BinderKey.Claim(ObjectKey.of(claim))));
    }

    private static boolean waits(PersistentVolumeClaim claim) {
        return !Volumes.has(claim, VolumeAnnotations.BIND_COMPLETED);
    }
}
