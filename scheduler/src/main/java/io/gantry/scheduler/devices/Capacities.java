package io.gantry.scheduler.devices;

import io.gantry.api.resource.Quantity;
import io.gantry.api.resource.v1.resourceslice.CapacityRequestPolicy;
import io.gantry.api.resource.v1.resourceslice.CapacityRequestPolicyRange;
import io.gantry.api.resource.v1.resourceslice.DeviceCapacity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much of a shared device a request takes (KEP-5075, upstream `consumable_capacity.go`).
final class Capacities {
    private Capacities() {}

    /// Whether the device has left what is asked for.
    ///
    /// @param taken what others have of it
    static boolean suffice(
            Map<String, Quantity> wanted, Map<String, DeviceCapacity> capacities, Map<String, Quantity> taken) {
        if (!capacities.keySet().containsAll(wanted.keySet())) {
            return false;
        }
        for (Map.Entry<String, DeviceCapacity> each : capacities.entrySet()) {
            DeviceCapacity capacity = each.getValue();
            Quantity share = share(wanted.get(each.getKey()), capacity);
            Quantity sum = share.plus(taken.getOrDefault(each.getKey(), Quantity.ZERO));
            if (violates(share, capacity.requestPolicy()) || sum.compareTo(capacity.value()) > 0) {
                return false;
            }
        }
        return true;
    }

    /// What is taken of each capacity.
    static Map<String, Quantity> shares(Map<String, Quantity> wanted, Map<String, DeviceCapacity> capacities) {
        Map<String, Quantity> shares = new HashMap<>();
        capacities.forEach((name, capacity) -> shares.put(name, share(wanted.get(name), capacity)));
        return shares;
    }

    /// What is asked for, rounded up as the device says; without it the device's default, or all.
    private static Quantity share(@Nullable Quantity wanted, DeviceCapacity capacity) {
        CapacityRequestPolicy policy = capacity.requestPolicy();
        if (wanted == null) {
            Quantity byDefault = policy == null ? null : policy.default_();
            return byDefault == null ? capacity.value() : byDefault;
        }
        if (policy == null) {
            return wanted;
        }
        CapacityRequestPolicyRange range = policy.validRange();
        return range == null ? roundedUp(wanted, policy.validValues()) : roundedUp(wanted, range);
    }

    private static Quantity roundedUp(Quantity wanted, CapacityRequestPolicyRange range) {
        if (wanted.compareTo(range.min()) < 0) {
            return range.min();
        }
        Quantity step = range.step();
        if (step == null) {
            return wanted;
        }
        long min = range.min().value();
        long steps = Math.ceilDiv(wanted.value() - min, step.value());
        return Quantity.ofBytes(min + steps * step.value());
    }

    private static Quantity roundedUp(Quantity wanted, List<Quantity> valid) {
        return valid.stream()
                .filter(value -> wanted.compareTo(value) <= 0)
                .findFirst()
                .orElse(wanted);
    }

    private static boolean violates(Quantity share, @Nullable CapacityRequestPolicy policy) {
        if (policy == null || (policy.default_() != null && share.compareTo(policy.default_()) == 0)) {
            return false;
        }
        CapacityRequestPolicyRange range = policy.validRange();
        if (range == null) {
            return !policy.validValues().isEmpty()
                    && policy.validValues().stream().noneMatch(value -> value.compareTo(share) == 0);
        }
        Quantity step = range.step();
        return (range.max() != null && share.compareTo(range.max()) > 0)
                || (step != null && (share.value() - range.min().value()) % step.value() != 0);
    }
}
