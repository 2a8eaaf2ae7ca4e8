package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Owners;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes and removes local volumes. A volume's name tells its claim's uid, so that no claim gets two; a volume goes
/// only after its node's kubelet said that the directory is gone, or when the node itself is gone.
final class LocalProvisioner implements Reconciler<LocalKey> {
    private final Lister<PersistentVolumeClaim> claims;
    private final Lister<PersistentVolume> volumes;
    private final Lister<StorageClass> classes;
    private final Lister<Node> nodes;
    private final Resource<PersistentVolumeClaim> claimResource;
    private final Resource<PersistentVolume> volumeResource;
    private final Resource<StorageClass> classResource;
    private final Resource<Node> nodeResource;
    private final EventSink events;

    LocalProvisioner(
            Lister<PersistentVolumeClaim> claims,
            Lister<PersistentVolume> volumes,
            Lister<StorageClass> classes,
            Lister<Node> nodes,
            ApiClient client,
            EventSink events) {
        this.claims = claims;
        this.volumes = volumes;
        this.classes = classes;
        this.nodes = nodes;
        this.claimResource = client.resource(PersistentVolumeClaimKind.KIND);
        this.volumeResource = client.resource(PersistentVolumeKind.KIND);
        this.classResource = client.resource(StorageClassKind.KIND);
        this.nodeResource = client.resource(NodeKind.KIND);
        this.events = events;
    }

    @Override
    public Result reconcile(LocalKey key) {
        switch (key) {
            case LocalKey.StandardClass standard -> makeStandardClass();
            case LocalKey.Claim claim ->
                claims.get(claim.key().namespace(), claim.key().name()).ifPresent(this::provision);
            case LocalKey.OnNode node -> nodes.get("", node.name()).ifPresent(this::order);
            case LocalKey.Volume volume -> volumes.get("", volume.name()).ifPresent(this::remove);
        }
        return Result.done();
    }

    /// Once a start, where no class is the default: an administrator may have another one, or none until then.
    private void makeStandardClass() {
        if (Volumes.defaultClass(classes.all()).isPresent()
                || classes.get("", LocalVolumes.STANDARD).isPresent()) {
            return;
        }
        try {
            classResource.create(LocalVolumes.standard());
        } catch (StatusException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
        }
    }

    private void provision(PersistentVolumeClaim claim) {
        Optional<StorageClass> storageClass = classes.get("", StorageClassNames.of(claim))
                .filter(c -> c.provisioner().equals(LocalVolumes.PROVISIONER));
        if (!text(claim.spec().volumeName()).isEmpty()
                || Volumes.isGoing(claim)
                || storageClass.isEmpty()
                || volumes.get("", LocalVolumes.volumeName(claim)).isPresent()) {
            return;
        }
        Optional<Node> node = node(claim, storageClass.get());
        if (node.isEmpty()) {
            reschedule(claim, "node selected for the claim does not exist, or none is ready");
            return;
        }
        Optional<String> refusal = LocalVolumes.refusal(claim, node.get());
        if (refusal.isPresent()) {
            reschedule(claim, refusal.get());
            return;
        }
        events.event(
                claim,
                EventSink.NORMAL,
                "Provisioning",
                "External provisioner is provisioning volume for claim \"" + ObjectKey.of(claim) + "\"");
        make(claim, LocalVolumes.volume(claim, storageClass.get(), node.get()));
    }

    private void make(PersistentVolumeClaim claim, PersistentVolume volume) {
        try {
            volumeResource.create(volume);
        } catch (StatusException e) {
            if (e.isAlreadyExists()) {
                return;
            }
            failed(claim, text(e.getMessage()));
            throw e;
        }
        events.event(
                claim,
                EventSink.NORMAL,
                "ProvisioningSucceeded",
                "Successfully provisioned volume " + Volumes.name(volume));
    }

    /// The scheduler's choice; for a class that waits for no consumer any node that can hold volumes.
    private Optional<Node> node(PersistentVolumeClaim claim, StorageClass storageClass) {
        String selected = Volumes.annotation(claim, VolumeAnnotations.SELECTED_NODE);
        if (!selected.isEmpty()) {
            return nodes.get("", selected);
        }
        if (Volumes.waitsForConsumer(storageClass)) {
            return Optional.empty();
        }
        List<Node> able = nodes.all().stream()
                .filter(n -> !Volumes.annotation(n, LocalVolumes.DIRECTORY).isEmpty())
                .filter(n -> n.spec().taints().isEmpty()
                        && !Boolean.TRUE.equals(n.spec().unschedulable()))
                .sorted(Comparator.comparing(Volumes::name))
                .toList();
        return able.isEmpty()
                ? Optional.empty()
                : Optional.of(able.get(Math.floorMod(Owners.uid(claim).hashCode(), able.size())));
    }

    private void failed(PersistentVolumeClaim claim, String why) {
        events.event(
                claim,
                EventSink.WARNING,
                "ProvisioningFailed",
                "failed to provision volume with StorageClass \"" + StorageClassNames.of(claim) + "\": " + why);
    }

    /// The scheduler is to choose again.
    private void reschedule(PersistentVolumeClaim claim, String why) {
        failed(claim, why);
        if (!Volumes.has(claim, VolumeAnnotations.SELECTED_NODE)) {
            return;
        }
        Map<String, @Nullable Object> annotations = new HashMap<>();
        annotations.put(VolumeAnnotations.SELECTED_NODE, null);
        ObjectKey key = ObjectKey.of(claim);
        claimResource.patch(
                key.namespace(),
                key.name(),
                Patch.merge(Map.of(
                        "metadata",
                        Map.of(
                                "resourceVersion",
                                text(claim.metadata().resourceVersion()),
                                "annotations",
                                annotations))));
    }

    /// Tells the kubelet which directories are to go, and finishes those volumes whose directory is gone.
    private void order(Node node) {
        String wanted = LocalVolumes.toRemove(node, volumes.all());
        if (!wanted.equals(Volumes.annotation(node, LocalVolumes.REMOVE))) {
            Map<String, @Nullable Object> annotations = new HashMap<>();
            annotations.put(LocalVolumes.REMOVE, wanted.isEmpty() ? null : wanted);
            nodeResource.patch(
                    "", Volumes.name(node), Patch.merge(Map.of("metadata", Map.of("annotations", annotations))));
        }
        volumes.all().stream()
                .filter(v -> LocalVolumes.isToGo(v) && LocalVolumes.isOn(v, node))
                .filter(v -> LocalVolumes.isRemoved(v, node))
                .forEach(this::finish);
    }

    /// A volume of which nothing is to be removed (it is retained), or whose node is gone, goes at once.
    private void remove(PersistentVolume volume) {
        boolean nodeGone = nodes.all().stream().noneMatch(node -> LocalVolumes.isOn(volume, node));
        boolean retained = Volumes.isGoing(volume)
                && !VolumePlan.policy(volume).equals("Delete")
                && !text(volume.status().phase()).equals("Bound");
        if (retained || nodeGone && LocalVolumes.isToGo(volume)) {
            finish(volume);
        }
    }

    private void finish(PersistentVolume volume) {
        try {
            if (!Volumes.isGoing(volume)) {
                volumeResource.delete(
                        "", Volumes.name(volume), Deletion.defaults().withUid(Owners.uid(volume)));
            }
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
        volumeResource
                .find("", Volumes.name(volume))
                .filter(now -> Owners.uid(now).equals(Owners.uid(volume)))
                .ifPresent(now -> Finalizers.remove(volumeResource, now, LocalVolumes.FINALIZER));
    }
}
