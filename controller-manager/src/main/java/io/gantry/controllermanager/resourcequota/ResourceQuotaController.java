package io.gantry.controllermanager.resourcequota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.resourcequota.ResourceQuota;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.quota.DeviceObjects;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.deviceclass.DeviceClassKind;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.Controller;
import io.gantry.controllermanager.ControllerContext;
import io.gantry.controllermanager.QueueController;
import io.gantry.controllermanager.resourcequota.QuotaPlan.Counted;
import java.util.List;
import java.util.Optional;

/// Keeps the status of ResourceQuotas. Admission charges what comes; here is recounted when something goes,
/// when a quota changes, and every few minutes.
public final class ResourceQuotaController {
    private static final String NAME = "resourcequota-controller";
    private static final int WORKERS = 5;

    private ResourceQuotaController() {}

    public static Controller create(ControllerContext context) {
        Informer<ResourceQuota> quotas = context.informers().informer(ResourceQuotaKind.KIND);
        WorkQueue<ObjectKey> queue = new WorkQueue<>();
        quotas.addHandler(new InformerHandler<>() {
            @Override
            public void added(ResourceQuota quota) {
                queue.add(ObjectKey.of(quota));
            }

            @Override
            public void updated(ResourceQuota before, ResourceQuota now) {
                if (!before.spec().equals(now.spec())) {
                    queue.add(ObjectKey.of(now));
                }
            }
        });
        DeviceObjects devices = new ListedDevices(
                context.informers().informer(DeviceClassKind.KIND).lister(),
                context.informers().informer(PodKind.KIND).lister(),
                context.informers().informer(ResourceClaimKind.KIND).lister());
        CountedObjects objects = new CountedObjects(
                context.client(),
                context.informers(),
                (resource, gone) -> quotas
                        .lister()
                        .inNamespace(ObjectKey.of(gone).namespace())
                        .stream()
                        .filter(quota ->
                                QuotaPlan.counted(quota.spec(), devices).contains(resource))
                        .forEach(quota -> queue.add(ObjectKey.of(quota))));
        objects.follow(
                new Counted("", "pods"), context.informers().informer(PodKind.KIND), Replenished.pod(context.clock()));
        objects.follow(
                new Counted("", "services"),
                context.informers().informer(ServiceKind.KIND),
                (before, now) -> !before.spec().equals(now.spec()));
        objects.follow(
                new Counted("", "persistentvolumeclaims"),
                context.informers().informer(PersistentVolumeClaimKind.KIND),
                (before, now) ->
                        !before.spec().equals(now.spec()) || !before.status().equals(now.status()));
        objects.follow(
                new Counted("resource.k8s.io", "resourceclaims"),
                context.informers().informer(ResourceClaimKind.KIND),
                (before, now) -> false);
        return new QueueController<>(
                NAME,
                queue,
                WORKERS,
                new ResourceQuotaReconciler(quotas.lister(), objects, devices, context.client(), context.clock()));
    }

    /// What informers have seen.
    private record ListedDevices(Lister<DeviceClass> all, Lister<Pod> pods, Lister<ResourceClaim> made)
            implements DeviceObjects {
        @Override
        public List<DeviceClass> classes() {
            return all.all();
        }

        @Override
        public Optional<Pod> pod(String namespace, String name) {
            return pods.get(namespace, name);
        }

        @Override
        public List<ResourceClaim> claims(String namespace) {
            return made.inNamespace(namespace);
        }
    }

    /// What is told of an object that uses less than before, or is gone.
    interface Listener {
        void freed(Counted resource, KubernetesObject object);
    }

    /// The objects that quotas count.
    interface Objects {
        /// The namespace's objects of a resource; empty list for one that is not served.
        List<? extends KubernetesObject> list(Counted resource, String namespace);
    }
}
