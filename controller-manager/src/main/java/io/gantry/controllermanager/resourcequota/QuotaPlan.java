package io.gantry.controllermanager.resourcequota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.resourcequota.ResourceQuota;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaSpec;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaStatus;
import io.gantry.api.quota.DeviceObjects;
import io.gantry.api.quota.QuotaAmounts;
import io.gantry.api.quota.QuotaEvaluator;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The status of a quota: what it allows and what the objects of its namespace use (upstream
/// `pkg/controller/resourcequota`). Pure.
final class QuotaPlan {
    private static final String COUNT = "count/";
    private static final Set<String> BARE = Set.of("configmaps", "secrets", "replicationcontrollers", "resourcequotas");

    /// A resource that a quota counts.
    ///
    /// @param group empty for core
    record Counted(String group, String plural) implements Comparable<Counted> {
        QuotaEvaluator evaluator(DeviceObjects devices) {
            return QuotaEvaluator.of(group, plural, devices);
        }

        @Override
        public int compareTo(Counted other) {
            return toString().compareTo(other.toString());
        }
    }

    private static final List<Counted> OWN_EVALUATORS = List.of(
            new Counted("", "persistentvolumeclaims"),
            new Counted("", "pods"),
            new Counted("", "services"),
            new Counted("resource.k8s.io", "resourceclaims"));

    private QuotaPlan() {}

    /// The resources whose objects the quota counts.
    static Set<Counted> counted(ResourceQuotaSpec spec, DeviceObjects devices) {
        Set<Counted> counted = new TreeSet<>();
        for (Counted resource : OWN_EVALUATORS) {
            if (!resource.evaluator(devices).matching(spec.hard().keySet()).isEmpty()) {
                counted.add(resource);
            }
        }
        for (String name : spec.hard().keySet()) {
            if (BARE.contains(name)) {
                counted.add(new Counted("", name));
            } else if (name.startsWith(COUNT)) {
                String[] parts = name.substring(COUNT.length()).split("\\.", 2);
                counted.add(new Counted(parts.length > 1 ? parts[1] : "", parts[0]));
            }
        }
        return counted;
    }

    /// @param objects the namespace's objects of each resource that could be read
    static ResourceQuotaStatus status(
            ResourceQuota quota,
            Map<Counted, ? extends List<? extends KubernetesObject>> objects,
            DeviceObjects devices,
            Instant now) {
        Map<String, Quantity> used = new TreeMap<>(quota.status().used());
        Map<String, Quantity> counted = new TreeMap<>();
        objects.forEach((resource, present) -> {
            QuotaEvaluator evaluator = resource.evaluator(devices);
            Map<String, Quantity> sum = new TreeMap<>();
            evaluator.matching(quota.spec().hard().keySet()).forEach(name -> sum.put(name, Quantity.ZERO));
            for (KubernetesObject object : present) {
                if (evaluator.matches(quota.spec(), object)) {
                    Map<String, Quantity> usage = QuotaAmounts.mask(evaluator.usage(object, now), sum.keySet());
                    sum.putAll(QuotaAmounts.add(sum, usage));
                }
            }
            // Pods and claims of devices may count towards the same resource.
            counted.putAll(QuotaAmounts.add(counted, sum));
        });
        used.putAll(counted);
        return new ResourceQuotaStatus(
                quota.spec().hard(), QuotaAmounts.mask(used, quota.spec().hard().keySet()));
    }
}
