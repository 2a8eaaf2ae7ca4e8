package io.gantry.controllermanager.resourceclaim;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimBuilder;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimConsumerReference;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimStatusBuilder;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Owners;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Carries out [ClaimPlan]. Each write is conditional on the revision seen: a scheduler that notes one more pod wins.
final class ClaimReconciler implements Reconciler<ObjectKey> {
    private final Lister<Pod> pods;
    private final Lister<ResourceClaim> claims;
    private final DeletedPods deleted;
    private final Resource<Pod> podResource;
    private final Resource<ResourceClaim> claimResource;

    ClaimReconciler(Lister<Pod> pods, Lister<ResourceClaim> claims, DeletedPods deleted, ApiClient client) {
        this.pods = pods;
        this.claims = claims;
        this.deleted = deleted;
        this.podResource = client.resource(PodKind.KIND);
        this.claimResource = client.resource(ResourceClaimKind.KIND);
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<ResourceClaim> found = claims.get(key.namespace(), key.name());
        if (found.isEmpty()) {
            return Result.done();
        }
        ResourceClaim claim = found.get();
        Optional<Pod> owner = ClaimPlan.owningPod(claim).flatMap(reference -> owner(key.namespace(), reference));
        for (ClaimStep step : ClaimPlan.of(claim, consumer -> isDone(key.namespace(), consumer), owner)) {
            claim = apply(step, claim);
        }
        return Result.done();
    }

    /// What the cache has under the owner's name; another pod may be one that came before the owner: then the server is
    /// asked.
    private Optional<Pod> owner(String namespace, OwnerReference reference) {
        Optional<Pod> known = pods.get(namespace, reference.name());
        return known.isEmpty() || Owners.uid(known.get()).equals(reference.uid())
                ? known
                : podResource.find(namespace, reference.name());
    }

    /// A pod that no cache has shown yet may have been noted by a scheduler that knows more: then the server is asked.
    private boolean isDone(String namespace, ResourceClaimConsumerReference consumer) {
        if (deleted.has(consumer.uid())) {
            return true;
        }
        Optional<Pod> known = pods.get(namespace, consumer.name());
        Optional<Pod> pod = known.isPresent() ? known : podResource.find(namespace, consumer.name());
        return pod.isEmpty()
                || !Owners.uid(pod.get()).equals(consumer.uid())
                || known.isPresent() && ClaimPlan.isDone(known.get());
    }

    private ResourceClaim apply(ClaimStep step, ResourceClaim claim) {
        return switch (step) {
            case ClaimStep.Release release -> release(release, claim);
            case ClaimStep.Unprotect() -> unprotect(claim);
            case ClaimStep.Delete() -> {
                delete(claim);
                yield claim;
            }
        };
    }

    private ResourceClaim release(ClaimStep.Release step, ResourceClaim claim) {
        ResourceClaimStatusBuilder status =
                ResourceClaimStatusBuilder.builder(claim.status()).reservedFor(step.remaining());
        if (step.deallocates()) {
            status.allocation(null).devices(List.of());
        }
        return claimResource.updateStatus(
                ResourceClaimBuilder.builder(claim).status(status.build()).build());
    }

    private ResourceClaim unprotect(ResourceClaim claim) {
        List<String> finalizers = new ArrayList<>(claim.metadata().finalizers());
        if (claim.status().allocation() != null || !finalizers.remove(PodClaims.FINALIZER)) {
            return claim;
        }
        return claimResource.update(ResourceClaimBuilder.builder(claim)
                .metadata(ObjectMetaBuilder.builder(claim.metadata())
                        .finalizers(finalizers)
                        .build())
                .build());
    }

    private void delete(ResourceClaim claim) {
        ObjectKey key = ObjectKey.of(claim);
        try {
            claimResource.delete(
                    key.namespace(),
                    key.name(),
                    Deletion.defaults().withUid(text(claim.metadata().uid())));
        } catch (StatusException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
