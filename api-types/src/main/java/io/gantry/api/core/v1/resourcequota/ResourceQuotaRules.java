package io.gantry.api.core.v1.resourcequota;

import io.gantry.api.core.v1.pod.ResourceValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import io.gantry.api.validation.Immutable;
import java.util.Map;
import java.util.Set;

/// Rules of ResourceQuotas (upstream `ValidateResourceQuota`).
public final class ResourceQuotaRules implements KindRules<ResourceQuota> {
    private static final Set<String> STANDARD = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "persistentvolumeclaims",
            "configmaps",
            "services.nodeports",
            "services.loadbalancers");

    @Override
    public void validate(ResourceQuota object, FieldErrors errors) {
        amounts(object.spec().hard(), "spec.hard", errors);
        QuotaScopes.check(object.spec(), errors);
    }

    private static void amounts(Map<String, Quantity> amounts, String field, FieldErrors errors) {
        amounts.forEach((name, quantity) -> {
            String path = field + "[" + name + "]";
            Names.qualified(name).forEach(m -> errors.invalid(path, name, m));
            if (!name.contains("/") && !isStandard(name)) {
                errors.invalid(path, name, "must be a standard resource for quota");
            }
            ResourceValidation.quantity(name, quantity, path, errors);
        });
    }

    /// Whether quotas know what it counts (upstream `IsStandardQuotaResourceName`).
    static boolean isStandard(String name) {
        return STANDARD.contains(name) || name.contains("hugepages-");
    }

    @Override
    public void validateUpdate(ResourceQuota object, ResourceQuota old, FieldErrors errors) {
        Immutable.check(object.spec().scopes(), old.spec().scopes(), "spec.scopes", errors);
    }

    @Override
    public boolean checksStatus() {
        return true;
    }

    @Override
    public void validateStatusUpdate(ResourceQuota object, ResourceQuota old, FieldErrors errors) {
        amounts(object.status().hard(), "status.hard", errors);
        amounts(object.status().used(), "status.used", errors);
    }
}
