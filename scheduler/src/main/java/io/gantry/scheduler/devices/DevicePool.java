package io.gantry.scheduler.devices;

import io.gantry.api.resource.v1.resourceslice.CounterSet;
import io.gantry.api.resource.v1.resourceslice.Device;
import io.gantry.api.resource.v1.resourceslice.DeviceCounterConsumption;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A pool as one node sees it.
///
/// @param state whether devices of it may be had
/// @param slices those with devices for the node, by name
/// @param others those of the same generation whose devices are for other nodes
/// @param counters what the devices of the pool share, by the set's name
record DevicePool(
        PoolId id,
        State state,
        List<ResourceSlice> slices,
        List<ResourceSlice> others,
        Map<String, CounterSet> counters) {
    /// Whether devices of a pool may be had.
    enum State {
        USABLE,
        /// Slices of its generation are missing.
        INCOMPLETE,
        /// Its slices contradict each other.
        INVALID
    }

    static DevicePool without(PoolId id, State state) {
        return new DevicePool(id, state, List.of(), List.of(), Map.of());
    }

    /// The pool of slices that belong together.
    ///
    /// @param forNode those that matter on the node
    /// @param all those of the generation
    static DevicePool of(PoolId id, List<ResourceSlice> forNode, List<ResourceSlice> all) {
        List<ResourceSlice> slices = new ArrayList<>(forNode);
        slices.removeIf(slice -> !slice.spec().sharedCounters().isEmpty());
        Set<String> seen = new HashSet<>();
        forNode.forEach(slice -> seen.add(nameOf(slice)));
        List<ResourceSlice> others = new ArrayList<>(all);
        others.removeIf(slice -> seen.contains(nameOf(slice)));
        Optional<Map<String, CounterSet>> counters = counters(forNode);
        boolean valid = counters.isPresent()
                && namesDiffer(slices)
                && consumeWhatIs(counters.get(), forNode)
                && consumeWhatIs(counters.get(), others);
        return valid ? new DevicePool(id, State.USABLE, slices, others, counters.get()) : without(id, State.INVALID);
    }

    static String nameOf(ResourceSlice slice) {
        return Objects.requireNonNullElse(slice.metadata().name(), "");
    }

    /// Empty when a name stands twice.
    private static Optional<Map<String, CounterSet>> counters(List<ResourceSlice> slices) {
        Map<String, CounterSet> counters = new HashMap<>();
        for (ResourceSlice slice : slices) {
            for (CounterSet set : slice.spec().sharedCounters()) {
                if (counters.put(set.name(), set) != null) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(counters);
    }

    private static boolean namesDiffer(List<ResourceSlice> slices) {
        Set<String> names = new HashSet<>();
        return slices.stream()
                .flatMap(slice -> slice.spec().devices().stream())
                .allMatch(device -> names.add(device.name()));
    }

    private static boolean consumeWhatIs(Map<String, CounterSet> counters, List<ResourceSlice> slices) {
        return slices.stream()
                .flatMap(slice -> slice.spec().devices().stream())
                .flatMap(device -> device.consumesCounters().stream())
                .allMatch(consumption -> isThere(counters, consumption));
    }

    private static boolean isThere(Map<String, CounterSet> counters, DeviceCounterConsumption consumption) {
        CounterSet set = counters.get(consumption.counterSet());
        return set != null
                && set.counters().keySet().containsAll(consumption.counters().keySet());
    }

    boolean isUsable() {
        return state == State.USABLE;
    }

    /// Whether a device of it is ready only after something was done on its node: such are taken last.
    boolean hasBindingConditions() {
        return slices.stream()
                .flatMap(slice -> slice.spec().devices().stream())
                .anyMatch(device -> !device.bindingConditions().isEmpty());
    }

    /// Every device of the pool, wherever.
    List<Device> allDevices() {
        List<Device> devices = new ArrayList<>();
        slices.forEach(slice -> devices.addAll(slice.spec().devices()));
        others.forEach(slice -> devices.addAll(slice.spec().devices()));
        return devices;
    }
}
