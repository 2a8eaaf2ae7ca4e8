package io.gantry.apiserver.admission.quota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.resourcequota.ResourceQuota;
import io.gantry.api.quota.QuotaAmounts;
import io.gantry.api.quota.QuotaEvaluator;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one request takes from quotas. Pure.
///
/// @param old the object before an update
record QuotaCharge(QuotaEvaluator evaluator, KubernetesObject object, Optional<KubernetesObject> old, Instant now) {
    /// What a quota says to a request.
    sealed interface Verdict {
        /// The quota does not count it, or nothing changes.
        record Unaffected() implements Verdict {}

        /// @param why upstream's words
        record Refused(String why) implements Verdict {}

        /// @param used the quota's `status.used` with the request
        record Charged(Map<String, Quantity> used) implements Verdict {}
    }

    /// Whether a quota counts the object.
    boolean concerns(ResourceQuota quota) {
        return matches(quota, object);
    }

    private boolean matches(ResourceQuota quota, KubernetesObject counted) {
        // What the status limits counts: a quota that nobody has counted yet limits nothing.
        return !evaluator.matching(quota.status().hard().keySet()).isEmpty()
                && QuotaEvaluator.scopes(quota.spec()).stream().allMatch(scope -> evaluator.inScope(scope, counted));
    }

    Verdict against(ResourceQuota quota) {
        if (!concerns(quota)) {
            return new Verdict.Unaffected();
        }
        String name = String.valueOf(quota.metadata().name());
        Map<String, Quantity> hard = quota.status().hard();
        Map<String, Quantity> used = quota.status().used();
        List<String> restricted = evaluator.matching(hard.keySet());
        String missing = evaluator.missing(restricted, object);
        if (!missing.isEmpty()) {
            return new Verdict.Refused("failed quota: " + name + ": " + missing);
        }
        if (!used.keySet().containsAll(restricted)) {
            return new Verdict.Refused(
                    "status unknown for quota: " + name + ", resources: " + String.join(",", restricted));
        }
        Map<String, Quantity> requested = requested(quota, hard.keySet());
        return requested.isEmpty() ? new Verdict.Unaffected() : charge(name, requested, used, hard);
    }

    private Map<String, Quantity> requested(ResourceQuota quota, Collection<String> names) {
        return QuotaAmounts.mask(taken(old.isPresent() && matches(quota, old.get())), names);
    }

    /// What the object uses.
    Map<String, Quantity> usage() {
        return evaluator.usage(object, now);
    }

    /// @param counted whether the old object counts already
    private Map<String, Quantity> taken(boolean counted) {
        Map<String, Quantity> usage = usage();
        return QuotaAmounts.withoutZeros(
                counted ? QuotaAmounts.subtract(usage, evaluator.usage(old.orElseThrow(), now)) : usage);
    }

    /// Whether the request uses more than before, in the eyes of the quotas that count it, or of nobody.
    boolean changes(List<ResourceQuota> quotas) {
        List<ResourceQuota> counting = quotas.stream().filter(this::concerns).toList();
        return counting.isEmpty()
                ? !taken(old.isPresent()).isEmpty()
                : counting.stream()
                        .anyMatch(quota -> !taken(old.isPresent() && matches(quota, old.get()))
                                .isEmpty());
    }

    private static Verdict charge(
            String name, Map<String, Quantity> requested, Map<String, Quantity> used, Map<String, Quantity> hard) {
        Map<String, Quantity> sum = QuotaAmounts.add(used, requested);
        List<String> exceeded = QuotaAmounts.exceeded(QuotaAmounts.mask(sum, requested.keySet()), hard);
        if (exceeded.isEmpty()) {
            return new Verdict.Charged(sum);
        }
        return new Verdict.Refused("exceeded quota: " + name + ", requested: "
                + QuotaAmounts.print(QuotaAmounts.mask(requested, exceeded)) + ", used: "
                + QuotaAmounts.print(QuotaAmounts.mask(used, exceeded)) + ", limited: "
                + QuotaAmounts.print(QuotaAmounts.mask(hard, exceeded)));
    }
}
