package io.gantry.controllermanager.resourceclaim;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimConsumerReference;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What becomes of a claim when pods are done with it (upstream `syncClaim` of `pkg/controller/resourceclaim`): who is
/// done is no longer noted in it, with the last one its devices are free, and a claim made for a pod goes with it.
/// Pure.
final class ClaimPlan {
    private ClaimPlan() {}

    /// The steps, in their order.
    ///
    /// @param isDone whether a pod noted in the claim needs it no more
    /// @param owner the pod of the name of the one that the claim was made for
    static List<ClaimStep> of(
            ResourceClaim claim, Predicate<ResourceClaimConsumerReference> isDone, Optional<Pod> owner) {
        List<ResourceClaimConsumerReference> consumers = claim.status().reservedFor();
        List<ResourceClaimConsumerReference> remaining = consumers.stream()
                .filter(consumer -> !isPod(consumer) || !isDone.test(consumer))
                .toList();
        List<ClaimStep> steps = new ArrayList<>();
        if (remaining.size() < consumers.size()) {
            release(claim, remaining, steps);
        } else if (remaining.isEmpty()) {
            unblock(claim, steps);
        }
        if (remaining.isEmpty()
                && !isGoing(claim)
                && owner.filter(pod -> isOver(claim, pod)).isPresent()) {
            steps.add(new ClaimStep.Delete());
        }
        return steps;
    }

    /// A claim that is shared is allocated anew for whoever comes next, perhaps elsewhere. One that nobody used yet
    /// keeps its allocation: a driver may allocate before anybody is noted.
    private static void release(
            ResourceClaim claim, List<ResourceClaimConsumerReference> remaining, List<ClaimStep> steps) {
        boolean deallocates = remaining.isEmpty() && isProtected(claim);
        steps.add(new ClaimStep.Release(remaining, deallocates));
        if (isProtected(claim) && (deallocates || claim.status().allocation() == null)) {
            steps.add(new ClaimStep.Unprotect());
        }
    }

    private static void unblock(ResourceClaim claim, List<ClaimStep> steps) {
        if (isProtected(claim) && isGoing(claim)) {
            if (claim.status().allocation() != null) {
                steps.add(new ClaimStep.Release(List.of(), true));
            }
            steps.add(new ClaimStep.Unprotect());
        }
    }

    /// Whether the pod will never run again, or is another one of the same name.
    private static boolean isOver(ResourceClaim claim, Pod pod) {
        return !Owners.isControlledBy(claim, pod) || isDone(pod);
    }

    /// Whether none of its containers runs or ever will.
    static boolean isDone(Pod pod) {
        return Pods.isFinished(pod) || Pods.isTerminating(pod) && !Pods.isAssigned(pod);
    }

    /// The pod that the claim was made for.
    static Optional<OwnerReference> owningPod(ResourceClaim claim) {
        return Owners.controllerOf(claim)
                .filter(owner -> text(owner.apiVersion()).equals(PodKind.KIND.apiVersion())
                        && text(owner.kind()).equals(PodKind.KIND.name()));
    }

    private static boolean isPod(ResourceClaimConsumerReference consumer) {
        return text(consumer.apiGroup()).isEmpty() && consumer.resource().equals("pods");
    }

    private static boolean isProtected(ResourceClaim claim) {
        return claim.metadata().finalizers().contains(PodClaims.FINALIZER);
    }

    private static boolean isGoing(ResourceClaim claim) {
        return claim.metadata().deletionTimestamp() != null;
    }
}
