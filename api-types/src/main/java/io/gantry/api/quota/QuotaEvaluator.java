package io.gantry.api.quota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaSpec;
import io.gantry.api.core.v1.resourcequota.ScopedResourceSelectorRequirement;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Counts the objects of one resource against quotas. Pure.
public sealed interface QuotaEvaluator permits PodQuota, ServiceQuota, ClaimQuota, DeviceClaimQuota, CountQuota {
    /// The evaluator of a resource: of pods, services and claims of volumes and devices their own, else one that counts
    /// objects.
    ///
    /// @param group empty for core
    /// @param devices what else claims of devices are counted by
    static QuotaEvaluator of(String group, String plural, DeviceObjects devices) {
        if (group.equals("resource.k8s.io") && plural.equals("resourceclaims")) {
            return new DeviceClaimQuota(devices);
        }
        if (!group.isEmpty()) {
            return new CountQuota(group, plural);
        }
        return switch (plural) {
            case "pods" -> new PodQuota();
            case "services" -> new ServiceQuota();
            case "persistentvolumeclaims" -> new ClaimQuota();
            default -> new CountQuota(group, plural);
        };
    }

    /// `count/pods`, `count/deployments.apps`.
    static String countName(String group, String plural) {
        return "count/" + plural + (group.isEmpty() ? "" : "." + group);
    }

    /// What one object uses, by the names that quotas limit.
    ///
    /// @param now ends what a pod uses once its deletion is overdue
    Map<String, Quantity> usage(KubernetesObject object, Instant now);

    /// Those of `names` that this evaluator counts, in order.
    List<String> matching(Collection<String> names);

    /// Whether an operation can change what is used.
    ///
    /// @param operation `CREATE`, `UPDATE`…
    /// @param subresource empty for the object itself
    boolean handles(String operation, String subresource);

    /// Whether an update moves an object from scope to scope, so that other quotas count it than before.
    default boolean movesScope(KubernetesObject before, KubernetesObject now) {
        return false;
    }

    /// Whether an object is of a scope. Resources without scopes are of none.
    default boolean inScope(ScopedResourceSelectorRequirement scope, KubernetesObject object) {
        return false;
    }

    /// What an object must say when quotas limit `required`, in upstream's words; empty when it does.
    default String missing(Collection<String> required, KubernetesObject object) {
        return "";
    }

    /// Whether a quota counts an object: it limits something that the object uses, and all its scopes fit.
    default boolean matches(ResourceQuotaSpec quota, KubernetesObject object) {
        return !matching(quota.hard().keySet()).isEmpty()
                && scopes(quota).stream().allMatch(scope -> inScope(scope, object));
    }

    /// A quota's scopes, in both spellings.
    static List<ScopedResourceSelectorRequirement> scopes(ResourceQuotaSpec quota) {
        Stream<ScopedResourceSelectorRequirement> plain =
                quota.scopes().stream().map(scope -> new ScopedResourceSelectorRequirement(scope, "Exists", List.of()));
        return quota.scopeSelector() == null
                ? plain.toList()
                : Stream.concat(plain, quota.scopeSelector().matchExpressions().stream())
                        .toList();
    }
}
