package io.gantry.controllermanager.volume;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimBuilder;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatus;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimStatusBuilder;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Owners;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The binder's writes, each conditional on the revision that it was decided on.
final class BindingWrites {
    private final Resource<PersistentVolumeClaim> claims;
    private final Resource<PersistentVolume> volumes;
    private final Clock clock;

    BindingWrites(ApiClient client, Clock clock) {
        this.claims = client.resource(PersistentVolumeClaimKind.KIND);
        this.volumes = client.resource(PersistentVolumeKind.KIND);
        this.clock = clock;
    }

    /// The volume names the claim, then says so; the claim names the volume, then says so. Stopped anywhere, the next
    /// call goes on.
    void bind(PersistentVolume volume, PersistentVolumeClaim claim) {
        PersistentVolume reserved = reserve(volume, claim);
        phase(reserved, "Bound", "");
        PersistentVolumeClaim named = name(claim, reserved);
        PersistentVolumeClaimStatus before = named.status();
        boolean isBound = text(before.phase()).equals("Bound");
        boolean isNew = text(before.phase()).equals("Pending");
        PersistentVolumeClaimStatus status = PersistentVolumeClaimStatusBuilder.builder(before)
                .phase("Bound")
                .accessModes(reserved.spec().accessModes())
                .capacity(isBound ? before.capacity() : reserved.spec().capacity())
                .currentVolumeAttributesClassName(
                        isNew ? reserved.spec().volumeAttributesClassName() : before.currentVolumeAttributesClassName())
                .build();
        if (!status.equals(before)) {
            claims.updateStatus(
                    PersistentVolumeClaimBuilder.builder(named).status(status).build());
        }
    }

    private PersistentVolume reserve(PersistentVolume volume, PersistentVolumeClaim claim) {
        ObjectReference ref = volume.spec().claimRef();
        if (ref != null && text(ref.uid()).equals(Owners.uid(claim))) {
            return volume;
        }
        ObjectKey key = ObjectKey.of(claim);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resourceVersion", text(volume.metadata().resourceVersion()));
        if (ref == null) {
            metadata.put("annotations", Map.of(VolumeAnnotations.BOUND_BY_CONTROLLER, "yes"));
        }
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("apiVersion", "v1");
        reference.put("kind", "PersistentVolumeClaim");
        reference.put("namespace", key.namespace());
        reference.put("name", key.name());
        reference.put("uid", Owners.uid(claim));
        reference.put("resourceVersion", text(claim.metadata().resourceVersion()));
        return volumes.patch(
                "",
                Volumes.name(volume),
                Patch.merge(Map.of("metadata", metadata, "spec", Map.of("claimRef", reference))));
    }

    private PersistentVolumeClaim name(PersistentVolumeClaim claim, PersistentVolume volume) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        Map<String, Object> spec = new LinkedHashMap<>();
        if (text(claim.spec().volumeName()).isEmpty()) {
            spec.put("volumeName", Volumes.name(volume));
            annotations.put(VolumeAnnotations.BOUND_BY_CONTROLLER, "yes");
        }
        if (!Volumes.has(claim, VolumeAnnotations.BIND_COMPLETED)) {
            annotations.put(VolumeAnnotations.BIND_COMPLETED, "yes");
        }
        return annotations.isEmpty() ? claim : patch(claim, annotations, spec);
    }

    private PersistentVolumeClaim patch(
            PersistentVolumeClaim claim, Map<String, Object> annotations, Map<String, Object> spec) {
        ObjectKey key = ObjectKey.of(claim);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resourceVersion", text(claim.metadata().resourceVersion()));
        metadata.put("annotations", annotations);
        return claims.patch(key.namespace(), key.name(), Patch.merge(Map.of("metadata", metadata, "spec", spec)));
    }

    PersistentVolumeClaim askProvisioner(PersistentVolumeClaim claim, String provisioner) {
        if (Volumes.annotation(claim, VolumeAnnotations.STORAGE_PROVISIONER).equals(provisioner)) {
            return claim;
        }
        return patch(
                claim,
                Map.of(
                        VolumeAnnotations.STORAGE_PROVISIONER,
                        provisioner,
                        VolumeAnnotations.BETA_STORAGE_PROVISIONER,
                        provisioner),
                Map.of());
    }

    void setClass(PersistentVolumeClaim claim, String name) {
        patch(claim, Map.of(), Map.of("storageClassName", name));
    }

    /// Says a phase in which the claim has no volume, and so nothing of what it had of one.
    void phase(PersistentVolumeClaim claim, String phase) {
        PersistentVolumeClaimStatus status = withoutVolume(claim.status(), phase);
        if (!status.equals(claim.status())) {
            claims.updateStatus(
                    PersistentVolumeClaimBuilder.builder(claim).status(status).build());
        }
    }

    static PersistentVolumeClaimStatus withoutVolume(PersistentVolumeClaimStatus before, String phase) {
        return PersistentVolumeClaimStatusBuilder.builder(before)
                .phase(phase)
                .accessModes(List.of())
                .capacity(Map.of())
                .currentVolumeAttributesClassName(null)
                .build();
    }

    /// @param message why, for a phase that needs saying
    void phase(PersistentVolume volume, String phase, String message) {
        if (phase.equals(volume.status().phase())) {
            return;
        }
        Map<String, @Nullable Object> status = new HashMap<>();
        status.put("phase", phase);
        status.put("message", message.isEmpty() ? null : message);
        status.put("lastPhaseTransitionTime", Fields.now(clock).toString());
        Map<String, Object> metadata =
                Map.of("resourceVersion", text(volume.metadata().resourceVersion()));
        volumes.patch(
                "",
                Volumes.name(volume),
                Patch.merge(Map.of("metadata", metadata, "status", status)).subresource("status"));
    }

    void unbind(PersistentVolume volume, boolean keepName) {
        Map<String, @Nullable Object> annotations = new HashMap<>();
        annotations.put(VolumeAnnotations.BOUND_BY_CONTROLLER, null);
        Map<String, @Nullable Object> reference = new HashMap<>();
        reference.put("uid", null);
        reference.put("resourceVersion", null);
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put("claimRef", keepName ? reference : null);
        Map<String, Object> metadata =
                Map.of("resourceVersion", text(volume.metadata().resourceVersion()), "annotations", annotations);
        PersistentVolume free =
                volumes.patch("", Volumes.name(volume), Patch.merge(Map.of("metadata", metadata, "spec", spec)));
        phase(free, "Available", "");
    }
}
