package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
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
import java.util.Optional;

/// Keeps a volume that is being deleted as long as it is bound (upstream `pkg/controller/volume/pvprotection`).
public final class VolumeProtectionController {
    private static final String NAME = "persistentvolume-protection-controller";
    private static final int WORKERS = 1;
    static final String FINALIZER = "kubernetes.io/pv-protection";

    private VolumeProtectionController() {}

    public static Controller create(ControllerContext context) {
        Informer<PersistentVolume> volumes = context.informers().informer(PersistentVolumeKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        volumes.addHandler(InformerHandler.onAny(volume -> queue.add(ObjectKey.of(volume))));
        Resource<PersistentVolume> resource = context.client().resource(PersistentVolumeKind.KIND);
        Reconciler<ObjectKey> reconciler = key -> {
            Optional<PersistentVolume> found = volumes.lister().get("", key.name());
            if (found.isEmpty()) {
                return Result.done();
            }
            PersistentVolume volume = found.get();
            if (!Volumes.isGoing(volume)) {
                Finalizers.add(resource, volume, FINALIZER);
            } else if (!text(volume.status().phase()).equals("Bound")) {
                Finalizers.remove(resource, volume, FINALIZER);
            }
            return Result.done();
        };
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }
}
