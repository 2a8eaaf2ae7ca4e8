package io.gantry.scheduler.devices;

import io.gantry.api.resource.Quantity;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What claims hold of the devices. Immutable.
///
/// @param exclusive the devices that one claim has for itself
/// @param consumed of devices that several claims share, how much of each capacity is gone
public record DevicesInUse(Set<DeviceId> exclusive, Map<DeviceId, Map<String, Quantity>> consumed) {
    public static final DevicesInUse NONE = new DevicesInUse(Set.of(), Map.of());

    public DevicesInUse {
        exclusive = Set.copyOf(exclusive);
        consumed = Map.copyOf(consumed);
    }

    /// By the results of all allocations. What is looked at with admin access stays free.
    public static DevicesInUse of(Collection<DeviceRequestAllocationResult> results) {
        Set<DeviceId> exclusive = new HashSet<>();
        Map<DeviceId, Map<String, Quantity>> consumed = new HashMap<>();
        for (DeviceRequestAllocationResult result : results) {
            if (Boolean.TRUE.equals(result.adminAccess())) {
                continue;
            }
            if (result.shareID() == null) {
                exclusive.add(DeviceId.of(result));
            } else {
                Map<String, Quantity> sums = consumed.computeIfAbsent(DeviceId.of(result), id -> new HashMap<>());
                result.consumedCapacity().forEach((name, amount) -> sums.merge(name, amount, Quantity::plus));
            }
        }
        return new DevicesInUse(exclusive, consumed);
    }

    boolean touches(DeviceId device) {
        return exclusive.contains(device) || consumed.containsKey(device);
    }
}
