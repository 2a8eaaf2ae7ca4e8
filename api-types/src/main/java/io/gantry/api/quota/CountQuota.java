package io.gantry.api.quota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Counts objects.
record CountQuota(String group, String plural) implements QuotaEvaluator {
    /// Resources that quotas also know by their bare name.
    private static final Set<String> BARE = Set.of("configmaps", "secrets", "replicationcontrollers", "resourcequotas");

    @Override
    public Map<String, Quantity> usage(KubernetesObject object, Instant now) {
        Map<String, Quantity> usage = new TreeMap<>();
        usage.put(QuotaEvaluator.countName(group, plural), Quantity.of(1));
        if (group.isEmpty() && BARE.contains(plural)) {
            usage.put(plural, Quantity.of(1));
        }
        return usage;
    }

    @Override
    public List<String> matching(Collection<String> names) {
        String count = QuotaEvaluator.countName(group, plural);
        boolean bare = group.isEmpty() && BARE.contains(plural);
        return names.stream()
                .filter(name -> name.equals(count) || bare && name.equals(plural))
                .sorted()
                .toList();
    }

    @Override
    public boolean handles(String operation, String subresource) {
        return operation.equals("CREATE") && subresource.isEmpty();
    }
}
