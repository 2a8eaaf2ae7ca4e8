package io.gantry.scheduler;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.informer.Lister;
import io.gantry.scheduler.framework.PreBindPlugin.PreBindException;
import io.gantry.scheduler.plugins.ClaimBinding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Has claims bound by writing to the API server and waits for the volume controller.
final class ApiClaimBinding implements ClaimBinding {
    private final Resource<PersistentVolumeClaim> claims;
    private final Resource<PersistentVolume> volumes;
    private final Lister<PersistentVolumeClaim> known;
    private final ClaimWait wait;

    ApiClaimBinding(ApiClient client, Lister<PersistentVolumeClaim> known, ClaimWait wait) {
        this.claims = client.resource(PersistentVolumeClaimKind.KIND);
        this.volumes = client.resource(PersistentVolumeKind.KIND);
        this.known = known;
        this.wait = wait;
    }

    @Override
    public PersistentVolumeClaim provisionOn(PersistentVolumeClaim claim, String node) {
        ObjectKey key = ObjectKey.of(claim);
        return claims.patch(
                key.namespace(),
                key.name(),
                Patch.merge(
                        Map.of("metadata", Map.of("annotations", Map.of("volume.kubernetes.io/selected-node", node)))));
    }

    @Override
    public void reserve(PersistentVolume volume, PersistentVolumeClaim claim) {
        if (volume.spec().claimRef() != null && volume.spec().claimRef().uid() != null) {
            return;
        }
        ObjectKey key = ObjectKey.of(claim);
        Map<String, Object> reference = Map.of(
                "apiVersion", "v1",
                "kind", "PersistentVolumeClaim",
                "namespace", key.namespace(),
                "name", key.name(),
                "uid", Objects.requireNonNullElse(claim.metadata().uid(), ""));
        volumes.patch(
                "",
                ObjectKey.of(volume).name(),
                Patch.merge(Map.of(
                        "metadata",
                        Map.of(
                                "resourceVersion",
                                Objects.requireNonNullElse(volume.metadata().resourceVersion(), ""),
                                "annotations",
                                Map.of("pv.kubernetes.io/bound-by-controller", "yes")),
                        "spec",
                        Map.of("claimRef", reference))));
    }

    @Override
    public void awaitBound(List<PersistentVolumeClaim> waiting, Duration limit) throws InterruptedException {
        if (!wait.until(() -> waiting.stream().allMatch(this::bound), limit)) {
            throw new PreBindException("binding volumes: context deadline exceeded");
        }
    }

    private boolean bound(PersistentVolumeClaim claim) {
        ObjectKey key = ObjectKey.of(claim);
        PersistentVolumeClaim now = known.get(key.namespace(), key.name())
                .orElseThrow(() -> new PreBindException("persistentvolumeclaim \"" + key.name() + "\" not found"));
        if (revision(now) < revision(claim)) {
            return false;
        }
        String selected = claim.metadata().annotations().get("volume.kubernetes.io/selected-node");
        String present = now.metadata().annotations().get("volume.kubernetes.io/selected-node");
        if (selected != null && present == null) {
            throw new PreBindException("provisioning failed for PVC \"" + key.name() + "\"");
        }
        return "Bound".equals(now.status().phase());
    }

    private static long revision(PersistentVolumeClaim claim) {
        String version = claim.metadata().resourceVersion();
        return version == null ? 0 : Long.parseLong(version);
    }
}
