package io.gantry.controllermanager.resourceclaim;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.pod.PodResourceClaim;
import io.gantry.api.core.v1.pod.PodResourceClaimStatus;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimBuilder;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimConsumerReference;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimKind;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimStatusBuilder;
import io.gantry.api.resource.v1.resourceclaimtemplate.ResourceClaimTemplate;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Lister;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.common.Owners;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Carries out [PodPlan].
final class PodClaimsReconciler implements Reconciler<ObjectKey> {
    /// Who owns the part of a pod's status that tells its claims.
    private static final String FIELD_MANAGER = "ResourceClaimController";

    private final Lister<Pod> pods;
    private final Lister<ResourceClaim> claims;
    private final Lister<ResourceClaimTemplate> templates;
    private final MadeClaims made;
    private final Resource<Pod> podResource;
    private final Resource<ResourceClaim> claimResource;
    private final ClaimMetrics metrics;
    private final EventSink events;

    PodClaimsReconciler(
            Lister<Pod> pods,
            Lister<ResourceClaim> claims,
            Lister<ResourceClaimTemplate> templates,
            MadeClaims made,
            ApiClient client,
            ClaimMetrics metrics,
            EventSink events) {
        this.pods = pods;
        this.claims = claims;
        this.templates = templates;
        this.made = made;
        this.podResource = client.resource(PodKind.KIND);
        this.claimResource = client.resource(ResourceClaimKind.KIND);
        this.metrics = metrics;
        this.events = events;
    }

    @Override
    public Result reconcile(ObjectKey key) {
        Optional<Pod> found = pods.get(key.namespace(), key.name());
        if (found.isEmpty()) {
            return Result.done();
        }
        Pod pod = found.get();
        PodPlan plan = PodPlan.of(pod, view(pod));
        if (plan.changesStatus()) {
            SortedMap<String, String> names = new TreeMap<>(plan.found());
            plan.makes().forEach(entry -> names.put(entry.name(), make(pod, entry)));
            tell(pod, names);
        }
        plan.reservations().forEach(claim -> reserve(pod, claim));
        return Result.done();
    }

    private PodPlan.View view(Pod pod) {
        return new PodPlan.View() {
            @Override
            public Optional<ResourceClaim> claim(String name) {
                return claims.get(ObjectKey.of(pod).namespace(), name);
            }

            @Override
            public Optional<String> made(PodResourceClaim entry) {
                return made.find(pod, entry);
            }
        };
    }

    private String make(Pod pod, PodResourceClaim entry) {
        try {
            return create(pod, entry);
        } catch (StatusException e) {
            events.event(
                    pod,
                    EventSink.WARNING,
                    "FailedResourceClaimCreation",
                    "PodResourceClaim " + entry.name() + ": " + e.getMessage());
            throw e;
        }
    }

    private String create(Pod pod, PodResourceClaim entry) {
        String name = text(entry.resourceClaimTemplateName());
        ResourceClaimTemplate template = templates
                .get(ObjectKey.of(pod).namespace(), name)
                .orElseThrow(() -> StatusException.internal("resource claim template \"" + name
                        + "\": resourceclaimtemplate.resource.k8s.io \"" + name + "\" not found"));
        ResourceClaim claim = GeneratedClaim.of(pod, entry, template);
        try {
            String created = made.make(pod, entry, claim);
            metrics.created(claim, true);
            return created;
        } catch (StatusException e) {
            metrics.created(claim, false);
            throw e;
        }
    }

    /// The whole list, since an apply takes away what it does not name.
    private void tell(Pod pod, SortedMap<String, String> names) {
        List<Map<String, String>> entries = new ArrayList<>();
        for (PodResourceClaimStatus status : pod.status().resourceClaimStatuses()) {
            if (!names.containsKey(status.name())) {
                entries.add(entry(status.name(), text(status.resourceClaimName())));
            }
        }
        names.forEach((name, claim) -> entries.add(entry(name, claim)));
        ObjectKey key = ObjectKey.of(pod);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("apiVersion", PodKind.KIND.apiVersion());
        body.put("kind", PodKind.KIND.name());
        body.put("metadata", Map.of("name", key.name(), "namespace", key.namespace(), "uid", Owners.uid(pod)));
        body.put("status", Map.of("resourceClaimStatuses", entries));
        podResource.patch(
                key.namespace(),
                key.name(),
                Patch.apply(FIELD_MANAGER, true, body).subresource("status"));
    }

    private static Map<String, String> entry(String name, String claim) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("name", name);
        if (!claim.isEmpty()) {
            entry.put("resourceClaimName", claim);
        }
        return entry;
    }

    private void reserve(Pod pod, ResourceClaim claim) {
        List<ResourceClaimConsumerReference> consumers =
                new ArrayList<>(claim.status().reservedFor());
        consumers.add(new ResourceClaimConsumerReference(
                null, "pods", ObjectKey.of(pod).name(), Owners.uid(pod)));
        claimResource.updateStatus(ResourceClaimBuilder.builder(claim)
                .status(ResourceClaimStatusBuilder.builder(claim.status())
                        .reservedFor(consumers)
                        .build())
                .build());
    }
}
