package io.gantry.scheduler;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodExtendedResourceClaimStatus;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimBuilder;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.scheduler.plugins.DeviceBinding;
import io.gantry.scheduler.snapshot.PodInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/// Writes claims of devices to the API server.
final class ApiDeviceBinding implements DeviceBinding {
    private final Resource<ResourceClaim> claims;
    private final Resource<Pod> pods;
    private final ClaimWait wait;
    private final Clock clock;

    ApiDeviceBinding(ApiClient client, ClaimWait wait, Clock clock) {
        this.claims = client.resource(ResourceClaimKind.KIND);
        this.pods = client.resource(PodKind.KIND);
        this.wait = wait;
        this.clock = clock;
    }

    @Override
    public ResourceClaim read(ResourceClaim claim) {
        ObjectKey key = ObjectKey.of(claim);
        return claims.get(key.namespace(), key.name());
    }

    @Override
    public ResourceClaim create(ResourceClaim claim) {
        return claims.create(claim);
    }

    @Override
    public void tell(PodInfo pod, PodExtendedResourceClaimStatus status) {
        pods.patch(
                pod.namespace(),
                pod.name(),
                Patch.merge(Map.of("status", Map.of("extendedResourceClaimStatus", status)))
                        .subresource("status"));
    }

    @Override
    public ResourceClaim update(ResourceClaim claim) {
        return claims.update(claim);
    }

    @Override
    public ResourceClaim updateStatus(ResourceClaim claim) {
        return claims.updateStatus(claim);
    }

    @Override
    public void unreserve(ResourceClaim claim, String podUid) {
        ObjectKey key = ObjectKey.of(claim);
        claims.patch(
                key.namespace(),
                key.name(),
                Patch.strategic(Map.of(
                                "metadata",
                                Map.of(
                                        "uid",
                                        Objects.requireNonNullElse(
                                                claim.metadata().uid(), "")),
                                "status",
                                Map.of("reservedFor", List.of(Map.of("$patch", "delete", "uid", podUid)))))
                        .subresource("status"));
    }

    @Override
    public void delete(ResourceClaim claim) {
        ObjectKey key = ObjectKey.of(claim);
        List<String> finalizers = claim.metadata().finalizers().stream()
                .filter(each -> !each.equals(PodClaims.FINALIZER))
                .toList();
        try {
            claims.update(ResourceClaimBuilder.builder(claim)
                    .metadata(ObjectMetaBuilder.builder(claim.metadata())
                            .finalizers(finalizers)
                            .build())
                    .build());
            claims.delete(key.namespace(), key.name(), Deletion.defaults());
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    @Override
    public boolean await(BooleanSupplier ready, Duration limit) throws InterruptedException {
        return wait.until(ready, limit);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }
}
