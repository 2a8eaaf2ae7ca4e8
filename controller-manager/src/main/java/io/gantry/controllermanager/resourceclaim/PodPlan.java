package io.gantry.controllermanager.resourceclaim;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.PodClaims.Reference;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.controllermanager.common.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the claims of a pod need next (upstream `syncPod` of `pkg/controller/resourceclaim`). Pure. Claims are made and
/// told in the pod's status first; what is still to do after that, the changed status brings back.
///
/// @param makes entries for which a claim is to be made of its template
/// @param found claims that were made before but are not in the pod's status, by the entry's name
/// @param reservations allocated claims that a pod which no scheduler placed has yet to be noted in
record PodPlan(List<PodResourceClaim> makes, SortedMap<String, String> found, List<ResourceClaim> reservations) {

    /// What is known of claims.
    interface View {
        /// The claim of this name in the pod's namespace.
        Optional<ResourceClaim> claim(String name);

        /// The name of the claim that was made for this pod and this entry.
        Optional<String> made(PodResourceClaim entry);
    }

    static PodPlan of(Pod pod, View view) {
        PodPlan plan = new PodPlan(new ArrayList<>(), new TreeMap<>(), new ArrayList<>());
        if (Pods.isTerminating(pod) || Pods.isFinished(pod)) {
            return plan;
        }
        for (PodResourceClaim entry : pod.spec().resourceClaims()) {
            plan.add(pod, entry, view);
        }
        return plan;
    }

    /// Whether the pod's status is to be written.
    boolean changesStatus() {
        return !makes.isEmpty() || !found.isEmpty();
    }

    private void add(Pod pod, PodResourceClaim entry, View view) {
        switch (PodClaims.of(pod, entry)) {
            case Reference.NotNeeded() -> {}
            case Reference.NotMade() -> make(entry, view);
            case Reference.Named(String name, boolean generated) -> {
                Optional<ResourceClaim> claim = view.claim(name).filter(c -> !generated || PodClaims.isFor(pod, c));
                if (claim.isPresent()) {
                    reserve(pod, claim.get());
                } else if (generated) {
                    make(entry, view);
                }
            }
        }
    }

    private void make(PodResourceClaim entry, View view) {
        view.made(entry).ifPresentOrElse(name -> found.put(entry.name(), name), () -> makes.add(entry));
    }

    private void reserve(Pod pod, ResourceClaim claim) {
        if (!text(pod.spec().nodeName()).isEmpty()
                && claim.status().allocation() != null
                && !PodClaims.isReservedFor(pod, claim)) {
            reservations.add(claim);
        }
    }
}
