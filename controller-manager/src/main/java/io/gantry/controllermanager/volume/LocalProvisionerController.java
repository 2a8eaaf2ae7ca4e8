package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
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

/// Makes volumes for claims of classes with provisioner `gantry.io/local`, and removes those whose claim is gone.
/// Watches claims that the binder gave to it, its volumes, and nodes.
public final class LocalProvisionerController {
    private static final String NAME = LocalVolumes.PROVISIONER;
    private static final int WORKERS = 2;

    private LocalProvisionerController() {}

    public static Controller create(ControllerContext context) {
        Informer<PersistentVolumeClaim> claims = context.informers().informer(PersistentVolumeClaimKind.KIND);
        Informer<PersistentVolume> volumes = context.informers().informer(PersistentVolumeKind.KIND);
        Informer<StorageClass> classes = context.informers().informer(StorageClassKind.KIND);
        Informer<Node> nodes = context.informers().informer(NodeKind.KIND);
        WorkQueue<LocalKey> queue = new WorkQueue<>();
        queue.add(new LocalKey.StandardClass());
        claims.addHandler(InformerHandler.onAny(claim -> {
            if (Volumes.annotation(claim, VolumeAnnotations.STORAGE_PROVISIONER).equals(LocalVolumes.PROVISIONER)
                    && text(claim.spec().volumeName()).isEmpty()) {
                queue.add(new LocalKey.Claim(ObjectKey.of(claim)));
            }
        }));
        volumes.addHandler(InformerHandler.onAny(volume -> {
            if (LocalVolumes.isOurs(volume)) {
                queue.add(new LocalKey.Volume(Volumes.name(volume)));
                nodes.lister().all().stream()
                        .filter(node -> LocalVolumes.isOn(volume, node))
                        .forEach(node -> queue.add(new LocalKey.OnNode(Volumes.name(node))));
            }
        }));
        nodes.addHandler(new NodeHandler(queue, volumes.lister()));
        LocalProvisioner provisioner = new LocalProvisioner(
                claims.lister(),
                volumes.lister(),
                classes.lister(),
                nodes.lister(),
                context.client(),
                context.events().apply(NAME));
        return new QueueController<>(NAME, queue, WORKERS, provisioner);
    }

    /// Only what the nodes' annotations say matters, not their heartbeats.
    private record NodeHandler(WorkQueue<LocalKey> queue, Lister<PersistentVolume> volumes)
            implements InformerHandler<Node> {
        @Override
        public void added(Node node) {
            queue.add(new LocalKey.OnNode(Volumes.name(node)));
        }

        @Override
        public void updated(Node before, Node now) {
            if (!before.metadata().annotations().equals(now.metadata().annotations())) {
                queue.add(new LocalKey.OnNode(Volumes.name(now)));
            }
        }

        @Override
        public void deleted(Node node) {
            volumes.all().stream()
                    .filter(v -> LocalVolumes.isOurs(v) && LocalVolumes.isOn(v, node))
                    .forEach(v -> queue.add(new LocalKey.Volume(Volumes.name(v))));
        }
    }
}
