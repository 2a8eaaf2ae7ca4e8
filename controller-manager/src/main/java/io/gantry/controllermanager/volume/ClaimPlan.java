package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.client.event.EventSink;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.volume.ClaimStep.Told;
import java.util.List;
import java.util.Optional;

/// The binder's next step for a claim (upstream `syncClaim` in `pkg/controller/volume/persistentvolume`). Pure.
final class ClaimPlan {
    /// The provisioner of classes whose volumes are only made by hand.
    static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    /// What a claim's step depends on.
    ///
    /// @param unscheduledPods names of pods that use the claim and have no node yet
    record View(List<PersistentVolume> volumes, List<StorageClass> classes, List<String> unscheduledPods) {
        private Optional<PersistentVolume> volume(String name) {
            return volumes.stream().filter(v -> Volumes.name(v).equals(name)).findFirst();
        }

        private Optional<StorageClass> storageClass(String name) {
            return classes.stream().filter(c -> Volumes.name(c).equals(name)).findFirst();
        }
    }

    private final PersistentVolumeClaim claim;
    private final View view;

    private ClaimPlan(PersistentVolumeClaim claim, View view) {
        this.claim = claim;
        this.view = view;
    }

    static ClaimStep of(PersistentVolumeClaim claim, View view) {
        ClaimPlan plan = new ClaimPlan(claim, view);
        if (Volumes.has(claim, VolumeAnnotations.BIND_COMPLETED)) {
            return plan.bound();
        }
        if (Volumes.isGoing(claim)) {
            return new ClaimStep.Wait(Told.NOTHING);
        }
        String wanted = text(claim.spec().volumeName());
        return wanted.isEmpty() ? plan.unbound() : plan.wanting(wanted);
    }

    private ClaimStep unbound() {
        String className = StorageClassNames.of(claim);
        Optional<StorageClass> storageClass = view.storageClass(className);
        boolean waits = storageClass.map(Volumes::waitsForConsumer).orElse(false)
                && !Volumes.has(claim, VolumeAnnotations.SELECTED_NODE);
        Optional<PersistentVolume> match = VolumeMatch.of(claim, view.volumes(), waits);
        if (match.isPresent()) {
            return new ClaimStep.Bind(match.get());
        }
        if (waits) {
            return waitForConsumer();
        }
        if (!StorageClassNames.isSaid(claim)) {
            Optional<StorageClass> standard = Volumes.defaultClass(view.classes());
            if (standard.isPresent()) {
                return new ClaimStep.SetClass(Volumes.name(standard.get()));
            }
        }
        if (className.isEmpty()) {
            return new ClaimStep.Wait(new Told(
                    EventSink.NORMAL,
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set"));
        }
        return storageClass
                .map(this::provision)
                .orElseGet(() -> provisioningFailed("storageclass.storage.k8s.io \"" + className + "\" not found"));
    }

    private ClaimStep waitForConsumer() {
        if (view.unscheduledPods().isEmpty()) {
            return new ClaimStep.Wait(new Told(
                    EventSink.NORMAL,
                    "WaitForFirstConsumer",
                    "waiting for first consumer to be created before binding"));
        }
        String pods = String.join(",", view.unscheduledPods());
        String noun = view.unscheduledPods().size() > 1 ? "pods " : "pod ";
        return new ClaimStep.Wait(
                new Told(EventSink.NORMAL, "WaitForPodScheduled", "waiting for " + noun + pods + " to be scheduled"));
    }

    private ClaimStep provision(StorageClass storageClass) {
        String provisioner = storageClass.provisioner();
        if (provisioner.equals(NO_PROVISIONER)) {
            return provisioningFailed("no volume plugin matched name: " + provisioner);
        }
        return new ClaimStep.Provision(
                provisioner,
                new Told(
                        EventSink.NORMAL,
                        "ExternalProvisioning",
                        "Waiting for a volume to be created either by the external provisioner '" + provisioner
                                + "' or manually by the system administrator. If volume creation is delayed, please"
                                + " verify that the provisioner is running and correctly registered."));
    }

    private static ClaimStep provisioningFailed(String message) {
        return new ClaimStep.Wait(new Told(EventSink.WARNING, "ProvisioningFailed", message));
    }

    /// The user asks for one volume.
    private ClaimStep wanting(String wanted) {
        Optional<PersistentVolume> found = view.volume(wanted);
        if (found.isEmpty()) {
            return new ClaimStep.Wait(Told.NOTHING);
        }
        PersistentVolume volume = found.get();
        if (volume.spec().claimRef() == null) {
            Optional<String> mismatch = VolumeMatch.mismatch(volume, claim);
            return mismatch.isPresent()
                    ? new ClaimStep.Wait(new Told(
                            EventSink.WARNING,
                            "VolumeMismatch",
                            "Cannot bind to requested volume \"" + wanted + "\": " + mismatch.get()))
                    : new ClaimStep.Bind(volume);
        }
        if (Volumes.isReservedFor(volume, claim)) {
            return new ClaimStep.Bind(volume);
        }
        return new ClaimStep.Wait(new Told(
                EventSink.WARNING, "FailedBinding", "volume \"" + wanted + "\" already bound to a different claim."));
    }

    private ClaimStep bound() {
        String name = text(claim.spec().volumeName());
        if (name.isEmpty()) {
            return lost("ClaimLost", "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
        }
        Optional<PersistentVolume> volume = view.volume(name);
        if (volume.isEmpty()) {
            return lost("ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
        }
        if (volume.get().spec().claimRef() == null
                || text(volume.get().spec().claimRef().uid()).equals(Owners.uid(claim))
                || Volumes.isReservedFor(volume.get(), claim)) {
            return new ClaimStep.Bind(volume.get());
        }
        return lost("ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
    }

    private ClaimStep lost(String reason, String message) {
        return new ClaimStep.Lose(
                text(claim.status().phase()).equals("Lost")
                        ? Told.NOTHING
                        : new Told(EventSink.WARNING, reason, message));
    }
}
