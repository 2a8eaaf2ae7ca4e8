package io.gantry.controllermanager.resourceclaim;

import io.gantry.api.resource.v1.resourceclaim.DeviceClaim;
import io.gantry.api.resource.v1.resourceclaim.PodClaims;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.client.informer.Lister;
import io.gantry.component.Counts;
import io.gantry.controllermanager.common.Fields;
import java.util.Map;

/// Upstream's metrics of claims (`pkg/controller/resourceclaim/metrics`). Thread-safe.
final class ClaimMetrics {
    private final Counts creations = Counts.counter("resourceclaim_controller_creates_total", "status", "admin_access");
    private final Lister<ResourceClaim> claims;

    ClaimMetrics(Lister<ResourceClaim> claims) {
        this.claims = claims;
    }

    void created(ResourceClaim claim, boolean success) {
        creations.of(success ? "success" : "failure", adminAccess(claim)).increment();
    }

    String text() {
        Counts now = Counts.gauge("resourceclaim_controller_resource_claims", "allocated", "admin_access", "source");
        for (ResourceClaim claim : claims.all()) {
            now.of(claim.status().allocation() == null ? "false" : "true", adminAccess(claim), source(claim))
                    .increment();
        }
        return creations.text() + now.text();
    }

    private static String source(ResourceClaim claim) {
        Map<String, String> annotations = claim.metadata().annotations();
        if ("true".equals(annotations.get(PodClaims.EXTENDED_RESOURCE_ANNOTATION))) {
            return "extended_resource";
        }
        return Fields.text(annotations.get(PodClaims.POD_CLAIM_ANNOTATION)).isEmpty() ? "" : "resource_claim_template";
    }

    private static String adminAccess(ResourceClaim claim) {
        DeviceClaim devices = claim.spec().devices();
        boolean admin = devices != null
                && devices.requests().stream()
                        .anyMatch(request -> request.exactly() != null
                                && Fields.flag(request.exactly().adminAccess()));
        return Boolean.toString(admin);
    }
}
