package io.gantry.api.quota;

import io.gantry.api.KubernetesObject;
import io.gantry.api.resource.Quantity;
import io.gantry.api.resource.v1.resourceclaim.DeviceClaim;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequest;
import io.gantry.api.resource.v1.resourceclaim.DeviceSubRequest;
import io.gantry.api.resource.v1.resourceclaim.ExactDeviceRequest;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts claims of devices, and by class the devices that they ask for (upstream `evaluator/core/resource_claims.go`).
record DeviceClaimQuota() implements QuotaEvaluator {
    private static final String CLAIMS = "count/resourceclaims.resource.k8s.io";
    private static final String CLASS_SUFFIX = ".deviceclass.resource.k8s.io/devices";

    /// Upstream's `AllocationResultsMaxSize`: what a request for all devices can get at most.
    private static final long MOST = 32;

    @Override
    public Map<String, Quantity> usage(KubernetesObject object, Instant now) {
        Map<String, Quantity> usage = new TreeMap<>();
        usage.put(CLAIMS, Quantity.of(1));
        DeviceClaim claim = ((ResourceClaim) object).spec().devices();
        for (DeviceRequest request : claim == null ? List.<DeviceRequest>of() : claim.requests()) {
            usage = QuotaAmounts.add(usage, devices(request));
        }
        return usage;
    }

    /// Of alternatives the worst of each class.
    private static Map<String, Quantity> devices(DeviceRequest request) {
        Map<String, Quantity> most = new TreeMap<>();
        for (DeviceSubRequest one : request.firstAvailable()) {
            most.merge(
                    one.deviceClassName() + CLASS_SUFFIX,
                    Quantity.of(count(one.allocationMode(), one.count())),
                    (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        ExactDeviceRequest exactly = request.exactly();
        if (most.isEmpty() && exactly != null) {
            most.put(
                    exactly.deviceClassName() + CLASS_SUFFIX,
                    Quantity.of(count(exactly.allocationMode(), exactly.count())));
        }
        return most;
    }

    private static long count(@Nullable String mode, @Nullable Long count) {
        if ("All".equals(mode)) {
            return MOST;
        }
        return "ExactCount".equals(mode) && count != null ? count : 0;
    }

    @Override
    public List<String> matching(Collection<String> names) {
        return names.stream()
                .filter(name -> name.equals(CLAIMS) || name.endsWith(CLASS_SUFFIX))
                .sorted()
                .toList();
    }

    @Override
    public boolean handles(String operation, String subresource) {
        return subresource.isEmpty() && (operation.equals("CREATE") || operation.equals("UPDATE"));
    }
}
