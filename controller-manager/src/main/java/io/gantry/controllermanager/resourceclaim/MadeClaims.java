package io.gantry.controllermanager.resourceclaim;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.client.ListOptions;
import io.gantry.client.ObjectKey;
import io.gantry.client.Resource;
import io.gantry.client.informer.Informer;
import io.gantry.controllermanager.common.Owners;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The claims made for pods, also those that the cache does not show yet: no entry of a pod gets two. Where the answer
/// to a creation was lost, the server is asked. Thread-safe; a pod is worked on by one thread at a time.
final class MadeClaims {
    private static final String BY_OWNER = "claimPodOwner";

    /// Below it, the server says that nothing was made.
    private static final int FIRST_UNCERTAIN = 500;

    private record Entry(String pod, String name) {}

    private final Informer<ResourceClaim> claims;
    private final Resource<ResourceClaim> resource;
    /// Names of claims that were made and not seen yet; empty while the answer is out or was lost.
    private final Map<Entry, String> unseen = new ConcurrentHashMap<>();

    MadeClaims(Informer<ResourceClaim> claims, Resource<ResourceClaim> resource) {
        this.claims = claims;
        this.resource = resource;
        claims.addIndex(
                BY_OWNER,
                claim -> ClaimPlan.owningPod(claim).stream()
                        .map(owner -> owner.uid())
                        .toList());
    }

    /// The name of the claim that was made for the entry.
    Optional<String> find(Pod pod, PodResourceClaim entry) {
        Entry key = new Entry(Owners.uid(pod), entry.name());
        Optional<String> seen = nameOf(entry, claims.lister().byIndex(BY_OWNER, key.pod()));
        if (seen.isPresent()) {
            unseen.remove(key);
            return seen;
        }
        return Optional.ofNullable(unseen.get(key))
                .flatMap(name -> name.isEmpty() ? ask(pod, entry) : check(pod, name));
    }

    private Optional<String> ask(Pod pod, PodResourceClaim entry) {
        List<ResourceClaim> live = resource.list(
                        ListOptions.inNamespace(ObjectKey.of(pod).namespace()))
                .items();
        return nameOf(
                entry,
                live.stream().filter(claim -> PodClaims.isFor(pod, claim)).toList());
    }

    /// Somebody may have deleted it before the cache showed it.
    private Optional<String> check(Pod pod, String name) {
        return resource.find(ObjectKey.of(pod).namespace(), name)
                .filter(claim -> PodClaims.isFor(pod, claim))
                .map(claim -> name);
    }

    private static Optional<String> nameOf(PodResourceClaim entry, List<ResourceClaim> owned) {
        return owned.stream()
                .filter(claim -> claim.metadata().deletionTimestamp() == null)
                .filter(claim ->
                        entry.name().equals(claim.metadata().annotations().get(PodClaims.POD_CLAIM_ANNOTATION)))
                .map(claim -> text(claim.metadata().name()))
                .sorted()
                .findFirst();
    }

    /// Makes it; returns its name.
    String make(Pod pod, PodResourceClaim entry, ResourceClaim claim) {
        Entry key = new Entry(Owners.uid(pod), entry.name());
        unseen.put(key, "");
        try {
            String name = text(resource.create(claim).metadata().name());
            unseen.put(key, name);
            return name;
        } catch (StatusException e) {
            if (e.code() < FIRST_UNCERTAIN) {
                unseen.remove(key);
            }
            throw e;
        }
    }

    /// The pod is gone.
    void forget(Pod pod) {
        unseen.keySet().removeIf(key -> key.pod().equals(Owners.uid(pod)));
    }
}
