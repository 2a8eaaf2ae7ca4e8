package io.gantry.controllermanager.attachdetach;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.common.Pods;
import io.gantry.controllermanager.volume.VolumeBinderController;
import io.gantry.controllermanager.volume.Volumes;
import java.util.List;

/// Attaches volumes to the nodes of the pods that use them, and takes them away when no pod does. Keys are names of
/// PersistentVolumes; whatever may change where one is wanted or attached asks for it.
public final class AttachDetachController {
    private static final String NAME = "attachdetach-controller";

    /// One, since every volume of a node is told of in the same Node.
    private static final int WORKERS = 1;

    static final String BY_VOLUME = "volume";
    static final String BY_NODE = "node";

    /// The index of nodes by the volumes that they were told they have.
    static final String BY_REPORT = "attached";

    private AttachDetachController() {}

    /// What is known of the cluster.
    record Known(
            Informer<Pod> pods,
            Informer<Node> nodes,
            Informer<PersistentVolume> volumes,
            Informer<PersistentVolumeClaim> claims,
            Informer<VolumeAttachment> attachments,
            Informer<CSIDriver> drivers) {}

    public static Controller create(ControllerContext context) {
        Known known = new Known(
                VolumeBinderController.podsByClaim(context),
                context.informers().informer(NodeKind.KIND),
                context.informers().informer(PersistentVolumeKind.KIND),
                context.informers().informer(PersistentVolumeClaimKind.KIND),
                context.informers().informer(VolumeAttachmentKind.KIND),
                context.informers().informer(CSIDriverKind.KIND));
        WorkQueue<String> queue = new WorkQueue<>();
        index(known);
        follow(known, queue);
        AttachDetachReconciler reconciler = new AttachDetachReconciler(
                known, context.client(), context.events().apply(NAME), context.clock());
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }

    private static void index(Known known) {
        known.attachments().addIndex(BY_VOLUME, attachment -> List.of(volumeOf(attachment)));
        known.attachments()
                .addIndex(BY_NODE, attachment -> List.of(attachment.spec().nodeName()));
        known.nodes()
                .addIndex(
                        BY_REPORT,
                        node -> node.status().volumesAttached().stream()
                                .map(volume -> volume.name())
                                .toList());
    }

    /// The volume's name; empty for one that has none.
    private static String volumeOf(VolumeAttachment attachment) {
        return attachment.spec().source() == null
                ? ""
                : text(attachment.spec().source().persistentVolumeName());
    }

    private static void follow(Known known, WorkQueue<String> queue) {
        known.volumes().addHandler(InformerHandler.onAny(volume -> {
            if (volume.spec().csi() != null) {
                queue.add(Volumes.name(volume));
            }
        }));
        known.claims().addHandler(InformerHandler.onAny(claim -> askFor(claim, queue)));
        known.attachments().addHandler(InformerHandler.onAny(attachment -> queue.add(volumeOf(attachment))));
        known.drivers()
                .addHandler(InformerHandler.onAny(driver -> known.volumes().lister().all().stream()
                        .filter(volume -> volume.spec().csi() != null
                                && volume.spec().csi().driver().equals(Volumes.name(driver)))
                        .forEach(volume -> queue.add(Volumes.name(volume)))));
        known.pods().addHandler(new InformerHandler<>() {
            @Override
            public void added(Pod pod) {
                askForThoseOf(pod, known, queue);
            }

            @Override
            public void updated(Pod before, Pod now) {
                if (Pods.isAssigned(before) != Pods.isAssigned(now)
                        || Pods.isFinished(before) != Pods.isFinished(now)) {
                    askForThoseOf(now, known, queue);
                }
            }

            @Override
            public void deleted(Pod pod) {
                askForThoseOf(pod, known, queue);
            }
        });
        known.nodes().addHandler(nodes(known, queue));
    }

    private static void askForThoseOf(Pod pod, Known known, WorkQueue<String> queue) {
        if (Pods.isAssigned(pod)) {
            String namespace = ObjectKey.of(pod).namespace();
            Volumes.claimNames(pod)
                    .forEach(name ->
                            known.claims().lister().get(namespace, name).ifPresent(claim -> askFor(claim, queue)));
        }
    }

    private static void askFor(PersistentVolumeClaim claim, WorkQueue<String> queue) {
        String volume = text(claim.spec().volumeName());
        if (!volume.isEmpty()) {
            queue.add(volume);
        }
    }

    private static InformerHandler<Node> nodes(Known known, WorkQueue<String> queue) {
        return new InformerHandler<>() {
            @Override
            public void updated(Node before, Node now) {
                boolean same = before.status()
                                .volumesInUse()
                                .equals(now.status().volumesInUse())
                        && before.status().volumesAttached().equals(now.status().volumesAttached())
                        && before.spec().taints().equals(now.spec().taints());
                if (!same) {
                    askForThoseOn(now, known, queue);
                }
            }

            @Override
            public void deleted(Node node) {
                askForThoseOn(node, known, queue);
            }
        };
    }

    private static void askForThoseOn(Node node, Known known, WorkQueue<String> queue) {
        known.attachments()
                .lister()
                .byIndex(BY_NODE, Volumes.name(node))
                .forEach(attachment -> queue.add(volumeOf(attachment)));
    }
}
