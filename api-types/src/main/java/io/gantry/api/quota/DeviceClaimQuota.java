package io.gantry.api.quota;

import static io.gantry.api.validation.References.text;

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
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts claims of devices, and by class the devices that they ask for (upstream `evaluator/core/resource_claims.go`).
record DeviceClaimQuota(DeviceObjects devices) implements QuotaEvaluator {
    private static final String CLAIMS = "count/resourceclaims.resource.k8s.io";
    private static final String REQUESTS = "requests.";
    private static final String IMPLICIT = REQUESTS + "deviceclass.resource.kubernetes.io/";
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
        usage.putAll(extended(usage, (ResourceClaim) object, now));
        return usage;
    }

    /// The same devices by the extended resources that their classes stand for, less what a pod is charged for already.
    private Map<String, Quantity> extended(Map<String, Quantity> usage, ResourceClaim claim, Instant now) {
        Map<String, Quantity> asked = new TreeMap<>();
        usage.forEach((name, amount) -> {
            if (name.endsWith(CLASS_SUFFIX)) {
                String deviceClass = name.substring(0, name.length() - CLASS_SUFFIX.length());
                resource(deviceClass).ifPresent(resource -> {
                    asked.put(IMPLICIT + deviceClass, amount);
                    asked.put(REQUESTS + resource, amount);
                });
            }
        });
        Map<String, Quantity> charged = new ExtendedClaims(devices)
                .pod(claim)
                .map(pod -> new PodQuota().usage(pod, now))
                .orElse(Map.of());
        asked.replaceAll((name, amount) -> amount.minus(charged.getOrDefault(name, Quantity.ZERO)));
        asked.values().removeIf(left -> left.compareTo(Quantity.ZERO) <= 0);
        return asked;
    }

    /// The extended resource that a class stands for.
    private Optional<String> resource(String deviceClass) {
        return devices.classes().stream()
                .filter(each -> deviceClass.equals(each.metadata().name()))
                .map(each -> text(each.spec().extendedResourceName()))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private boolean isOfDevices(String name) {
        if (name.startsWith(IMPLICIT)) {
            return resource(name.substring(IMPLICIT.length())).isPresent();
        }
        return name.startsWith(REQUESTS)
                && name.indexOf('/') > 0
                && devices.classes().stream()
                        .anyMatch(each -> name.equals(REQUESTS + each.spec().extendedResourceName()));
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
                .filter(name -> name.equals(CLAIMS) || name.endsWith(CLASS_SUFFIX) || isOfDevices(name))
                .sorted()
                .toList();
    }

    @Override
    public boolean handles(String operation, String subresource) {
        return subresource.isEmpty() && (operation.equals("CREATE") || operation.equals("UPDATE"));
    }
}
