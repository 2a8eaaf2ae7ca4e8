package io.gantry.scheduler;

import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.scheduler.framework.PreBindPlugin.PreBindException;
import io.gantry.scheduler.plugins.ClaimBinding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Has claims bound by writing to the API server and waits for the volume controller by the claims'
/// informer.
final class ApiClaimBinding implements ClaimBinding {
    private final Resource<PersistentVolumeClaim> claims;
    private final Resource<PersistentVolume> volumes;
    private final Informer<PersistentVolumeClaim> informer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    ApiClaimBinding(ApiClient client, Informer<PersistentVolumeClaim> informer) {
        this.claims = client.resource(PersistentVolumeClaimKind.KIND);
        this.volumes = client.resource(PersistentVolumeKind.KIND);
        this.informer = informer;
        informer.addHandler(InformerHandler.onAny(claim -> signal()));
    }

    @Override
    public void provisionOn(PersistentVolumeClaim claim, String node) {
        ObjectKey key = ObjectKey.of(claim);
        claims.patch(
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
        long deadline = System.nanoTime() + limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!waiting.stream().allMatch(this::bound)) {
                if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
                    throw new PreBindException("binding volumes: context deadline exceeded");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean bound(PersistentVolumeClaim claim) {
        ObjectKey key = ObjectKey.of(claim);
        PersistentVolumeClaim now = informer.lister()
                .get(key.namespace(), key.name())
                .orElseThrow(() -> new PreBindException("persistentvolumeclaim \"" + key.name() + "\" not found"));
        String selected = claim.metadata().annotations().get("volume.kubernetes.io/selected-node");
        String present = now.metadata().annotations().get("volume.kubernetes.io/selected-node");
        if (selected != null && present == null) {
            throw new PreBindException("provisioning failed for PVC \"" + key.name() + "\"");
        }
        return "Bound".equals(now.status().phase());
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
