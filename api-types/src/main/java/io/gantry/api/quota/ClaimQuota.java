package io.gantry.api.quota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.persistentvolumeclaim.AttributesClasses;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.core.v1.resourcequota.ScopedResourceSelectorRequirement;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts claims and the storage that they ask for, altogether and by storage class.
record ClaimQuota() implements QuotaEvaluator {
    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String STORAGE = "requests.storage";
    private static final String CLASS_SUFFIX = ".storageclass.storage.k8s.io/";
    private static final Set<String> NAMES = Set.of("count/" + CLAIMS, CLAIMS, STORAGE);

    @Override
    public Map<String, Quantity> usage(KubernetesObject object, Instant now) {
        PersistentVolumeClaim claim = (PersistentVolumeClaim) object;
        String storageClass = StorageClassNames.of(claim);
        Map<String, Quantity> usage = new TreeMap<>();
        usage.put("count/" + CLAIMS, Quantity.of(1));
        usage.put(CLAIMS, Quantity.of(1));
        if (!storageClass.isEmpty()) {
            usage.put(storageClass + CLASS_SUFFIX + CLAIMS, Quantity.of(1));
        }
        Quantity storage = storage(claim);
        if (storage != null) {
            usage.put(STORAGE, storage);
            if (!storageClass.isEmpty()) {
                usage.put(storageClass + CLASS_SUFFIX + STORAGE, storage);
            }
        }
        return usage;
    }

    /// What is asked for, or what was allocated on the way to more, if that is greater.
    private static @Nullable Quantity storage(PersistentVolumeClaim claim) {
        Quantity asked = claim.spec().resources() == null
                ? null
                : claim.spec().resources().requests().get("storage");
        Quantity allocated = claim.status().allocatedResources().get("storage");
        return asked != null && allocated != null && allocated.compareTo(asked) > 0 ? allocated : asked;
    }

    @Override
    public List<String> matching(Collection<String> names) {
        return names.stream()
                .filter(name -> NAMES.contains(name)
                        || name.endsWith(CLASS_SUFFIX + CLAIMS)
                        || name.endsWith(CLASS_SUFFIX + STORAGE))
                .sorted()
                .toList();
    }

    @Override
    public boolean handles(String operation, String subresource) {
        return subresource.isEmpty() && (operation.equals("CREATE") || operation.equals("UPDATE"));
    }

    @Override
    public boolean inScope(ScopedResourceSelectorRequirement scope, KubernetesObject object) {
        if (!"VolumeAttributesClass".equals(scope.scopeName())) {
            return false;
        }
        PersistentVolumeClaim claim = (PersistentVolumeClaim) object;
        return PodQuota.selects(scope, AttributesClasses.of(claim));
    }
}
