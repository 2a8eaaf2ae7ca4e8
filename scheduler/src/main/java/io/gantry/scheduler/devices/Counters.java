package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.resourceslice.Counter;
import io.gantry.api.resource.v1.resourceslice.Device;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/// What is left of the counters that the devices of pools share (KEP-4815). Owned by one search.
final class Counters {
    private final DevicesInUse inUse;
    private final Map<PoolId, Map<Name, BigDecimal>> left = new HashMap<>();

    private record Name(String set, String counter) {}

    Counters(DevicesInUse inUse) {
        this.inUse = inUse;
    }

    /// Takes what the device consumes.
    ///
    /// @return false when that is not left; then nothing has changed
    boolean take(Chosen device) {
        Map<Name, BigDecimal> of = left.computeIfAbsent(device.pool().id(), id -> remaining(device.pool()));
        add(of, device.device(), -1);
        boolean enough = wanted(device.device()).keySet().stream()
                .allMatch(name -> of.getOrDefault(name, BigDecimal.ZERO).signum() >= 0);
        if (!enough) {
            add(of, device.device(), 1);
        }
        return enough;
    }

    void giveBack(Chosen device) {
        add(left.computeIfAbsent(device.pool().id(), id -> remaining(device.pool())), device.device(), 1);
    }

    private Map<Name, BigDecimal> remaining(DevicePool pool) {
        Map<Name, BigDecimal> remaining = new HashMap<>();
        pool.counters()
                .forEach((set, counters) -> counters.counters()
                        .forEach((name, counter) -> remaining.put(
                                new Name(set, name), counter.value().amount())));
        for (Device device : pool.allDevices()) {
            if (inUse.touches(new DeviceId(pool.id().driver(), pool.id().pool(), device.name()))) {
                add(remaining, device, -1);
            }
        }
        return remaining;
    }

    private static void add(Map<Name, BigDecimal> counters, Device device, int sign) {
        wanted(device)
                .forEach((name, counter) -> counters.computeIfPresent(
                        name, (n, before) -> before.add(counter.value().amount().multiply(BigDecimal.valueOf(sign)))));
    }

    private static Map<Name, Counter> wanted(Device device) {
        Map<Name, Counter> wanted = new HashMap<>();
        device.consumesCounters()
                .forEach(consumption -> consumption
                        .counters()
                        .forEach((name, counter) -> wanted.put(new Name(consumption.counterSet(), name), counter)));
        return wanted;
    }
}
