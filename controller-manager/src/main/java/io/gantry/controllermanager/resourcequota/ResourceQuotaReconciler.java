package io.gantry.controllermanager.resourcequota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.resourcequota.ResourceQuota;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaBuilder;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaStatus;
import io.gantry.api.quota.DeviceObjects;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.resourcequota.QuotaPlan.Counted;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Recounts one quota. The write is conditional on the revision that was read, lest a charge of admission be lost.
final class ResourceQuotaReconciler implements Reconciler<ObjectKey> {
    private static final Duration RECOUNT = Duration.ofMinutes(5);

    private final Lister<ResourceQuota> quotas;
    private final ResourceQuotaController.Objects objects;
    private final DeviceObjects devices;
    private final Resource<ResourceQuota> resource;
    private final Clock clock;

    ResourceQuotaReconciler(
            Lister<ResourceQuota> quotas,
            ResourceQuotaController.Objects objects,
            DeviceObjects devices,
            ApiClient client,
            Clock clock) {
        this.devices = devices;
        this.quotas = quotas;
        this.objects = objects;
        this.resource = client.resource(ResourceQuotaKind.KIND);
        this.clock = clock;
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<ResourceQuota> found = quotas.get(key.namespace(), key.name());
        if (found.isEmpty()) {
            return Result.done();
        }
        ResourceQuota quota = found.get();
        Map<Counted, List<? extends KubernetesObject>> present = new TreeMap<>();
        for (Counted counted : QuotaPlan.counted(quota.spec(), devices)) {
            present.put(counted, objects.list(counted, key.namespace()));
        }
        ResourceQuotaStatus status = QuotaPlan.status(quota, present, devices, clock.instant());
        if (!status.equals(quota.status())) {
            resource.updateStatus(
                    ResourceQuotaBuilder.builder(quota).status(status).build());
        }
        return Result.requeueAfter(RECOUNT);
    }
}
