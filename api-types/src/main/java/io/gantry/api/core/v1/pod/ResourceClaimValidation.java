package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Claims for devices, of pods and of their containers (upstream `validatePodResourceClaims`,
/// `validateResourceClaimNames`).
final class ResourceClaimValidation {
    private ResourceClaimValidation() {}

    static void ofPod(List<PodResourceClaim> claims, String path, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < claims.size(); i++) {
            PodResourceClaim claim = claims.get(i);
            String at = path + "[" + i + "]";
            String name = text(claim.name());
            if (!name.isEmpty() && !names.add(name)) {
                errors.duplicate(at + ".name", name);
            } else {
                References.requiredFormat(name, Names::label, at + ".name", errors);
            }
            source(claim, at, errors);
        }
    }

    private static void source(PodResourceClaim claim, String at, FieldErrors errors) {
        String direct = claim.resourceClaimName();
        String template = claim.resourceClaimTemplateName();
        if (direct != null && template != null) {
            errors.invalid(
                    at, claim, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
        }
        if (direct == null && template == null) {
            errors.invalid(at, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        }
        if (direct != null) {
            References.format(direct, Names::subdomain, at + ".resourceClaimName", errors);
        }
        if (template != null) {
            References.format(template, Names::subdomain, at + ".resourceClaimTemplateName", errors);
        }
    }

    /// Claims of containers name those of their pod, each request of a claim once.
    static void ofContainer(
            @Nullable ResourceRequirements resources, List<PodResourceClaim> ofPod, String path, FieldErrors errors) {
        if (resources == null || resources.claims().isEmpty()) {
            return;
        }
        Set<String> known = new TreeSet<>();
        ofPod.forEach(claim -> known.add(text(claim.name())));
        known.remove("");
        Set<String> whole = new HashSet<>();
        Set<String> requests = new HashSet<>();
        Set<String> partly = new HashSet<>();
        for (int i = 0; i < resources.claims().size(); i++) {
            ResourceClaim claim = resources.claims().get(i);
            String at = path + "[" + i + "]";
            String name = text(claim.name());
            String request = text(claim.request());
            if (name.isEmpty()) {
                errors.required(at, "");
                continue;
            }
            if (whole.contains(name)) {
                errors.duplicate(at, name);
            } else if (request.isEmpty()) {
                whole.add(name);
                if (partly.contains(name)) {
                    errors.duplicate(at, name);
                }
            } else {
                References.format(request, Names::label, at + ".request", errors);
                partly.add(name);
                if (!requests.add(name + "/" + request)) {
                    errors.duplicate(at, name + "/" + request);
                }
            }
            if (!known.contains(name)) {
                String names = known.isEmpty() ? " which is empty" : ": " + String.join(", ", known);
                errors.notFound(at, name, "must be one of the names in pod.spec.resourceClaims" + names);
            }
        }
    }
}
