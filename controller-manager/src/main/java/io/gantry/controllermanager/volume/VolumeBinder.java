package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Carries out [ClaimPlan] and [VolumePlan]. Each write is conditional on the revision that the step was decided on, so
/// that a stale cache leads to a conflict, never to a volume with two claims.
final class VolumeBinder implements Reconciler<BinderKey> {
    private final Lister<PersistentVolumeClaim> claims;
    private final Lister<PersistentVolume> volumes;
    private final Lister<StorageClass> classes;
    private final Lister<Pod> pods;
    private final Resource<PersistentVolumeClaim> claimResource;
    private final BindingWrites writes;
    private final EventSink events;

    VolumeBinder(
            Lister<PersistentVolumeClaim> claims,
            Lister<PersistentVolume> volumes,
            Lister<StorageClass> classes,
            Lister<Pod> pods,
            ApiClient client,
            EventSink events,
            Clock clock) {
        this.claims = claims;
        this.volumes = volumes;
        this.classes = classes;
        this.pods = pods;
        this.claimResource = client.resource(PersistentVolumeClaimKind.KIND);
        this.writes = new BindingWrites(client, clock);
        this.events = events;
    }

    @Override
    public Result reconcile(BinderKey key) {
        switch (key) {
            case BinderKey.Claim claim ->
                claims.get(claim.key().namespace(), claim.key().name()).ifPresent(this::claim);
            case BinderKey.Volume volume -> volumes.get("", volume.name()).ifPresent(this::volume);
        }
        return Result.done();
    }

    private void claim(PersistentVolumeClaim claim) {
        ClaimPlan.View view = new ClaimPlan.View(volumes.all(), classes.all(), unscheduled(claim));
        switch (ClaimPlan.of(claim, view)) {
            case ClaimStep.Bind bind -> writes.bind(bind.volume(), claim);
            case ClaimStep.Wait wait -> {
                tell(claim, wait.told());
                writes.phase(claim, "Pending");
            }
            case ClaimStep.Provision provision -> {
                tell(claim, provision.told());
                writes.phase(writes.askProvisioner(claim, provision.provisioner()), "Pending");
            }
            case ClaimStep.SetClass named -> writes.setClass(claim, named.name());
            case ClaimStep.Lose lose -> {
                writes.phase(claim, "Lost");
                tell(claim, lose.told());
            }
        }
    }

    private List<String> unscheduled(PersistentVolumeClaim claim) {
        return pods
                .byIndex(
                        VolumeBinderController.PODS_BY_CLAIM,
                        ObjectKey.of(claim).toString())
                .stream()
                .filter(pod -> !Pods.isAssigned(pod))
                .map(Volumes::name)
                .sorted()
                .toList();
    }

    private void tell(PersistentVolumeClaim claim, ClaimStep.Told told) {
        if (!told.reason().isEmpty()) {
            events.event(claim, told.type(), told.reason(), told.message());
        }
    }

    private void volume(PersistentVolume volume) {
        Optional<PersistentVolumeClaim> claim = claimOf(volume);
        switch (VolumePlan.of(volume, claim)) {
            case VolumeStep.Phase phase -> writes.phase(volume, phase.phase(), "");
            case VolumeStep.Release release -> writes.phase(volume, "Released", "");
            case VolumeStep.AskClaim ask -> askClaim(volume, claim);
            case VolumeStep.Unbind unbind -> writes.unbind(volume, unbind.keepName());
            case VolumeStep.Reclaim reclaim -> reclaim(volume, reclaim.policy());
        }
    }

    /// The cache may not show the claim yet: ask the server before data are given up.
    private Optional<PersistentVolumeClaim> claimOf(PersistentVolume volume) {
        ObjectReference ref = volume.spec().claimRef();
        if (ref == null) {
            return Optional.empty();
        }
        String namespace = text(ref.namespace());
        String name = text(ref.name());
        Optional<PersistentVolumeClaim> known = claims.get(namespace, name);
        boolean isSame = known.isPresent() && Owners.uid(known.get()).equals(text(ref.uid()));
        boolean isReleased = text(volume.status().phase()).equals("Released")
                || text(volume.status().phase()).equals("Failed");
        return isSame || isReleased || text(ref.uid()).isEmpty() ? known : claimResource.find(namespace, name);
    }

    private void askClaim(PersistentVolume volume, Optional<PersistentVolumeClaim> claim) {
        if (claim.isPresent() && !VolumeMatch.isSameMode(volume, claim.get())) {
            String message = "Cannot bind PersistentVolume to requested PersistentVolumeClaim \""
                    + Volumes.name(claim.get()) + "\" due to incompatible volumeMode.";
            events.event(volume, EventSink.WARNING, "VolumeMismatch", message);
            events.event(
                    claim.get(),
                    EventSink.WARNING,
                    "VolumeMismatch",
                    "Cannot bind PersistentVolume \"" + Volumes.name(volume)
                            + "\" to requested PersistentVolumeClaim due to incompatible volumeMode.");
            return;
        }
        claim.ifPresent(this::claim);
    }

    /// Volumes of drivers are theirs to delete; of the others none can be emptied from here.
    private void reclaim(PersistentVolume volume, String policy) {
        if (policy.equals("Delete") && VolumePlan.isDeletedByDriver(volume)) {
            writes.phase(volume, "Released", "");
            return;
        }
        boolean recycle = policy.equals("Recycle");
        String message = recycle
                ? "No recycler plugin found for the volume!"
                : "error getting deleter volume plugin for volume \"" + Volumes.name(volume)
                        + "\": no deletable volume plugin matched";
        if (!text(volume.status().phase()).equals("Failed")) {
            writes.phase(volume, "Failed", message);
            events.event(volume, EventSink.WARNING, recycle ? "VolumeFailedRecycle" : "VolumeFailedDelete", message);
        }
    }
}
