package io.gantry.kubelet.deviceplugin;

import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.deviceplugin.v1beta1.Device;
import io.gantry.kubelet.deviceplugin.v1beta1.NUMANode;
import io.gantry.kubelet.node.PluginResources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What plugins said of their devices. A resource whose plugin has gone keeps its number for a while, but nothing of it
/// can be allocated. Thread-safe.
final class KnownDevices {
    static final String HEALTHY = "Healthy";

    /// The NUMA node of a device that names none.
    static final long NOWHERE = -1;

    /// Upstream's `endpointStopGracePeriod`.
    private static final Duration GRACE = Duration.ofMinutes(5);

    /// A resource's devices.
    ///
    /// @param told the latest that the plugin said; stays when the plugin goes
    /// @param healthy those that may be allocated
    /// @param stopped since when the plugin has been away
    private record Known(
            Map<String, Device> told, SortedSet<String> healthy, Set<String> unhealthy, Optional<Instant> stopped) {}

    private final Clock clock;
    private final SortedMap<String, Known> resources = new TreeMap<>();

    KnownDevices(Clock clock) {
        this.clock = clock;
    }

    /// Resources that a former kubelet had plugins for.
    synchronized void expect(Collection<String> names) {
        names.forEach(name ->
                resources.put(name, new Known(Map.of(), new TreeSet<>(), Set.of(), Optional.of(clock.instant()))));
    }

    /// A plugin's report of all of its devices; returns those that are new or whose health has changed.
    synchronized Set<String> told(String resource, List<Device> devices) {
        Known before = resources.get(resource);
        Map<String, Device> old = before == null ? Map.of() : before.told();
        Map<String, Device> now = new LinkedHashMap<>();
        SortedSet<String> healthy = new TreeSet<>();
        Set<String> unhealthy = new TreeSet<>();
        Set<String> changed = new TreeSet<>();
        for (Device device : devices) {
            now.put(device.getID(), device);
            (device.getHealth().equals(HEALTHY) ? healthy : unhealthy).add(device.getID());
            Device was = old.get(device.getID());
            if (was == null || !was.getHealth().equals(device.getHealth())) {
                changed.add(device.getID());
            }
        }
        resources.put(resource, new Known(now, healthy, unhealthy, Optional.empty()));
        return changed;
    }

    /// The plugin has gone.
    synchronized void stopped(String resource) {
        resources.computeIfPresent(resource, (name, known) -> {
            Set<String> unhealthy = new TreeSet<>(known.unhealthy());
            unhealthy.addAll(known.healthy());
            return new Known(known.told(), new TreeSet<>(), unhealthy, Optional.of(clock.instant()));
        });
    }

    synchronized boolean knows(String resource) {
        return resources.containsKey(resource);
    }

    /// Those that may be allocated; empty where the resource is not known.
    synchronized Optional<SortedSet<String>> healthy(String resource) {
        return Optional.ofNullable(resources.get(resource)).map(known -> new TreeSet<>(known.healthy()));
    }

    /// All that may be allocated, by resource.
    synchronized SortedMap<String, SortedSet<String>> healthy() {
        SortedMap<String, SortedSet<String>> healthy = new TreeMap<>();
        resources.forEach((name, known) -> healthy.put(name, new TreeSet<>(known.healthy())));
        return healthy;
    }

    /// Whether the plugin last called the device healthy; one of which it says nothing is.
    synchronized boolean isHealthy(String resource, String device) {
        Known known = resources.get(resource);
        Device told = known == null ? null : known.told().get(device);
        return told == null || told.getHealth().equals(HEALTHY);
    }

    /// Devices by the NUMA nodes that they are at; one may be at several.
    synchronized SortedMap<Long, List<String>> byNuma(String resource, Collection<String> devices) {
        Known known = resources.get(resource);
        Map<String, Device> told = known == null ? Map.of() : known.told();
        SortedMap<Long, SortedSet<String>> sorted = new TreeMap<>();
        for (String id : devices) {
            Device device = told.getOrDefault(id, Device.getDefaultInstance());
            List<Long> nodes = device.getTopology().getNodesList().stream()
                    .map(NUMANode::getID)
                    .toList();
            (nodes.isEmpty() ? List.of(NOWHERE) : nodes)
                    .forEach(node -> sorted.computeIfAbsent(node, fresh -> new TreeSet<>())
                            .add(id));
        }
        SortedMap<Long, List<String>> lists = new TreeMap<>();
        sorted.forEach((node, ids) -> lists.put(node, List.copyOf(ids)));
        return lists;
    }

    /// What the node's status is to say. Forgets resources whose plugin has been away for long.
    synchronized PluginResources resources() {
        Instant since = clock.instant().minus(GRACE);
        Map<String, Quantity> capacity = new HashMap<>();
        Map<String, Quantity> allocatable = new HashMap<>();
        Set<String> gone = new TreeSet<>();
        resources.forEach((name, known) -> {
            if (known.stopped().filter(at -> at.isBefore(since)).isPresent()) {
                gone.add(name);
            } else {
                capacity.put(
                        name,
                        Quantity.of(known.healthy().size() + known.unhealthy().size()));
                allocatable.put(name, Quantity.of(known.healthy().size()));
            }
        });
        resources.keySet().removeAll(gone);
        return new PluginResources(capacity, allocatable, gone, false);
    }
}
