package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.LocalVolumeSource;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeBuilder;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeSpecBuilder;
import io.gantry.api.core.v1.persistentvolume.VolumeNodeAffinity;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.NodeSelectorRequirement;
import io.gantry.api.core.v1.pod.NodeSelectorTerm;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.StorageClassBuilder;
import io.gantry.api.storage.v1.storageclass.StorageClasses;
import io.gantry.controllermanager.common.Owners;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Volumes that are directories of a node. A node says in an annotation where its volumes are; the controllers say in
/// another one which are to go; the kubelet answers in a third which are gone. Pure.
final class LocalVolumes {
    static final String PROVISIONER = "gantry.io/local";
    static final String STANDARD = "standard";

    /// On a node, by its kubelet: the directory that holds its volumes.
    static final String DIRECTORY = "volumes.gantry.io/directory";

    /// On a node, by the controllers: names of volumes whose directory is to go, with commas between.
    static final String REMOVE = "volumes.gantry.io/remove";

    /// On a node, by its kubelet: those of them whose directory is gone.
    static final String REMOVED = "volumes.gantry.io/removed";

    /// Keeps a volume until its directory is gone (upstream's name for any external provisioner).
    static final String FINALIZER = "external-provisioner.volume.kubernetes.io/finalizer";

    static final String HOSTNAME = "kubernetes.io/hostname";

    private LocalVolumes() {}

    /// The class that claims get which name none.
    static StorageClass standard() {
        return StorageClassBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(STANDARD)
                        .annotations(Map.of(StorageClasses.DEFAULT, "true"))
                        .build())
                .provisioner(PROVISIONER)
                .reclaimPolicy("Delete")
                .volumeBindingMode("WaitForFirstConsumer")
                .allowVolumeExpansion(true)
                .build();
    }

    static String volumeName(PersistentVolumeClaim claim) {
        return "pvc-" + Owners.uid(claim);
    }

    static boolean isOurs(PersistentVolume volume) {
        return Volumes.annotation(volume, VolumeAnnotations.PROVISIONED_BY).equals(PROVISIONER);
    }

    /// Why no volume can be made for the claim; empty when one can.
    static Optional<String> refusal(PersistentVolumeClaim claim, Node node) {
        if (!Volumes.mode(claim.spec().volumeMode()).equals("Filesystem")) {
            return Optional.of("volumeMode Block is not supported by " + PROVISIONER);
        }
        if (claim.spec().dataSource() != null || claim.spec().dataSourceRef() != null) {
            return Optional.of("claim.spec.dataSource is not supported by " + PROVISIONER);
        }
        if (Volumes.annotation(node, DIRECTORY).isEmpty()) {
            return Optional.of("node " + Volumes.name(node) + " does not say where its volumes are (annotation "
                    + DIRECTORY + ")");
        }
        return Optional.empty();
    }

    /// The volume for a claim on a node.
    static PersistentVolume volume(PersistentVolumeClaim claim, StorageClass storageClass, Node node) {
        String name = volumeName(claim);
        boolean delete = text(storageClass.reclaimPolicy()).equals("Delete")
                || text(storageClass.reclaimPolicy()).isEmpty();
        return PersistentVolumeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .name(name)
                        .annotations(Map.of(VolumeAnnotations.PROVISIONED_BY, PROVISIONER))
                        .finalizers(delete ? List.of(FINALIZER) : List.of())
                        .build())
                .spec(PersistentVolumeSpecBuilder.builder()
                        .capacity(Map.of("storage", Volumes.requested(claim)))
                        .accessModes(claim.spec().accessModes())
                        .claimRef(ObjectReferenceBuilder.builder()
                                .apiVersion("v1")
                                .kind("PersistentVolumeClaim")
                                .namespace(text(claim.metadata().namespace()))
                                .name(Volumes.name(claim))
                                .uid(Owners.uid(claim))
                                .build())
                        .persistentVolumeReclaimPolicy(delete ? "Delete" : storageClass.reclaimPolicy())
                        .storageClassName(Volumes.name(storageClass))
                        .mountOptions(storageClass.mountOptions())
                        .volumeMode("Filesystem")
                        .nodeAffinity(affinity(node))
                        .local(new LocalVolumeSource(Volumes.annotation(node, DIRECTORY) + "/" + name, null))
                        .build())
                .build();
    }

    private static VolumeNodeAffinity affinity(Node node) {
        String hostname = node.metadata().labels().getOrDefault(HOSTNAME, Volumes.name(node));
        return new VolumeNodeAffinity(new NodeSelector(List.of(new NodeSelectorTerm(
                List.of(new NodeSelectorRequirement(HOSTNAME, "In", List.of(hostname))), List.of()))));
    }

    /// The host name of the node that holds the volume; empty when it names none.
    static String hostname(PersistentVolume volume) {
        if (volume.spec().nodeAffinity() == null || volume.spec().nodeAffinity().required() == null) {
            return "";
        }
        return volume.spec().nodeAffinity().required().nodeSelectorTerms().stream()
                .flatMap(term -> term.matchExpressions().stream())
                .filter(r -> r.key().equals(HOSTNAME) && r.values().size() == 1)
                .map(r -> r.values().getFirst())
                .findFirst()
                .orElse("");
    }

    static boolean isOn(PersistentVolume volume, Node node) {
        return hostname(volume).equals(node.metadata().labels().getOrDefault(HOSTNAME, Volumes.name(node)));
    }

    /// Whether the volume and what it holds is to go: its claim is gone, or somebody deletes it where the policy says
    /// so.
    static boolean isToGo(PersistentVolume volume) {
        boolean released = text(volume.status().phase()).equals("Released");
        boolean deleted =
                Volumes.isGoing(volume) && !text(volume.status().phase()).equals("Bound");
        return isOurs(volume) && VolumePlan.policy(volume).equals("Delete") && (released || deleted);
    }

    /// What the annotation [#REMOVE] of a node is to say.
    static String toRemove(Node node, List<PersistentVolume> volumes) {
        return volumes.stream()
                .filter(v -> isToGo(v) && isOn(v, node))
                .map(Volumes::name)
                .collect(Collectors.collectingAndThen(
                        Collectors.toCollection(TreeSet::new), names -> String.join(",", names)));
    }

    /// Whether the node's kubelet says that the volume's directory is gone.
    static boolean isRemoved(PersistentVolume volume, Node node) {
        return List.of(Volumes.annotation(node, REMOVED).split(",")).contains(Volumes.name(volume));
    }
}
