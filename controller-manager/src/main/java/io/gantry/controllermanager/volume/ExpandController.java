package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimBuilder;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatus;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatusBuilder;
import io.gantry.api.resource.Quantity;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Makes bound volumes larger when their claim asks for more (upstream `pkg/controller/volume/expand`). A local volume
/// is a directory without a limit: its size is what both objects say. Others are left to their own resizer.
public final class ExpandController {
    private static final String NAME = "volume_expand";
    private static final int WORKERS = 1;

    private ExpandController() {}

    public static Controller create(ControllerContext context) {
        Informer<PersistentVolumeClaim> claims = context.informers().informer(PersistentVolumeClaimKind.KIND);
        Informer<PersistentVolume> volumes = context.informers().informer(PersistentVolumeKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        claims.addHandler(InformerHandler.onAny(claim -> {
            if (wantsMore(claim)) {
                queue.add(ObjectKey.of(claim));
            }
        }));
        Resource<PersistentVolumeClaim> claimResource = context.client().resource(PersistentVolumeClaimKind.KIND);
        Resource<PersistentVolume> volumeResource = context.client().resource(PersistentVolumeKind.KIND);
        EventSink events = context.events().apply(NAME);
        Reconciler<ObjectKey> reconciler = key -> {
            Optional<PersistentVolumeClaim> claim =
                    claims.lister().get(key.namespace(), key.name()).filter(ExpandController::wantsMore);
            Optional<PersistentVolume> volume =
                    claim.flatMap(c -> volumes.lister().get("", text(c.spec().volumeName())));
            if (claim.isEmpty() || volume.isEmpty()) {
                return Result.done();
            }
            if (!LocalVolumes.isOurs(volume.get())) {
                events.event(
                        claim.get(),
                        EventSink.NORMAL,
                        "ExternalExpanding",
                        "waiting for an external controller to expand this PVC");
                return Result.done();
            }
            enlarge(volumeResource, volume.get(), Volumes.requested(claim.get()));
            claimResource.updateStatus(PersistentVolumeClaimBuilder.builder(claim.get())
                    .status(enlarged(claim.get()))
                    .build());
            events.event(claim.get(), EventSink.NORMAL, "VolumeResizeSuccessful", "Resize volume succeeded");
            return Result.done();
        };
        return new QueueController<>(NAME, queue, WORKERS, reconciler);
    }

    static boolean wantsMore(PersistentVolumeClaim claim) {
        Quantity has = claim.status().capacity().get("storage");
        return text(claim.status().phase()).equals("Bound")
                && has != null
                && Volumes.requested(claim).compareTo(has) > 0;
    }

    private static void enlarge(Resource<PersistentVolume> resource, PersistentVolume volume, Quantity size) {
        if (Volumes.capacity(volume).compareTo(size) < 0) {
            resource.patch(
                    "",
                    Volumes.name(volume),
                    Patch.merge(Map.of("spec", Map.of("capacity", Map.of("storage", size.text())))));
        }
    }

    /// The status once the volume is as large as the claim asks for.
    static PersistentVolumeClaimStatus enlarged(PersistentVolumeClaim claim) {
        Map<String, Quantity> capacity = new LinkedHashMap<>(claim.status().capacity());
        capacity.put("storage", Volumes.requested(claim));
        Map<String, Quantity> allocated = new LinkedHashMap<>(claim.status().allocatedResources());
        allocated.put("storage", Volumes.requested(claim));
        Map<String, String> statuses = new LinkedHashMap<>(claim.status().allocatedResourceStatuses());
        statuses.remove("storage");
        return PersistentVolumeClaimStatusBuilder.builder(claim.status())
                .capacity(capacity)
                .allocatedResources(allocated)
                .allocatedResourceStatuses(statuses)
                .conditions(claim.status().conditions().stream()
                        .filter(c -> !c.type().equals("Resizing") && !c.type().equals("FileSystemResizePending"))
                        .toList())
                .build();
    }
}
