package io.gantry.scheduler.devices;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.NodeRequirements;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.resource.v1.resourceslice.Device;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The slices of the cluster by where their devices can be used (upstream `pools_incubating.go`). Immutable.
final class SliceIndex {
    private final Map<String, List<ResourceSlice>> local = new HashMap<>();
    private final List<ResourceSlice> shared = new ArrayList<>();
    private final Map<PoolId, List<ResourceSlice>> byPool = new HashMap<>();

    SliceIndex(List<ResourceSlice> slices) {
        for (ResourceSlice slice : slices) {
            String node = slice.spec().nodeName();
            boolean everywhere = node == null
                    || node.isEmpty()
                    || !slice.spec().sharedCounters().isEmpty();
            (everywhere ? shared : local.computeIfAbsent(node, n -> new ArrayList<>())).add(slice);
            byPool.computeIfAbsent(poolOf(slice), id -> new ArrayList<>()).add(slice);
        }
    }

    private static PoolId poolOf(ResourceSlice slice) {
        return new PoolId(slice.spec().driver(), slice.spec().pool().name());
    }

    /// The pools whose devices the node can use, in the order in which they are taken from: by driver and
    /// name, those last that are ready only after something was done.
    List<DevicePool> poolsFor(Node node) {
        Map<PoolId, List<ResourceSlice>> forNode = new TreeMap<>();
        String name = Objects.requireNonNullElse(node.metadata().name(), "");
        local.getOrDefault(name, List.of()).forEach(slice -> add(forNode, slice, node));
        shared.forEach(slice -> add(forNode, slice, node));
        List<DevicePool> pools = new ArrayList<>();
        forNode.forEach((id, slices) -> {
            List<ResourceSlice> all = byPool.getOrDefault(id, List.of());
            long generation = generation(slices.getFirst());
            if (all.stream().noneMatch(slice -> generation(slice) > generation)) {
                pools.add(pool(
                        id,
                        slices,
                        all.stream()
                                .filter(slice -> generation(slice) == generation)
                                .toList()));
            }
        });
        pools.sort(Comparator.comparing(DevicePool::hasBindingConditions));
        return pools;
    }

    private static DevicePool pool(PoolId id, List<ResourceSlice> forNode, List<ResourceSlice> all) {
        if (all.size() != forNode.getFirst().spec().pool().resourceSliceCount()) {
            return DevicePool.without(id, DevicePool.State.INCOMPLETE);
        }
        List<ResourceSlice> sorted = new ArrayList<>(forNode);
        sorted.sort(Comparator.comparing(DevicePool::nameOf));
        return DevicePool.of(id, sorted, all);
    }

    private static long generation(ResourceSlice slice) {
        return slice.spec().pool().generation();
    }

    /// Slices of an older generation count no more.
    private static void add(Map<PoolId, List<ResourceSlice>> pools, ResourceSlice slice, Node node) {
        if (!matters(slice.spec(), node)) {
            return;
        }
        List<ResourceSlice> known = pools.computeIfAbsent(poolOf(slice), id -> new ArrayList<>());
        if (!known.isEmpty() && generation(slice) > generation(known.getFirst())) {
            known.clear();
        }
        if (known.isEmpty() || generation(slice) == generation(known.getFirst())) {
            known.add(slice);
        }
    }

    private static boolean matters(ResourceSliceSpec spec, Node node) {
        if (!spec.sharedCounters().isEmpty()) {
            return true;
        }
        if (!Boolean.TRUE.equals(spec.perDeviceNodeSelection())) {
            return reaches(spec.nodeName(), spec.allNodes(), spec.nodeSelector(), node);
        }
        return spec.devices().stream().anyMatch(device -> reaches(device, node));
    }

    /// Whether a device that says itself where it can be used can be used on the node.
    static boolean reaches(Device device, Node node) {
        return reaches(device.nodeName(), device.allNodes(), device.nodeSelector(), node);
    }

    private static boolean reaches(
            @Nullable String nodeName, @Nullable Boolean allNodes, @Nullable NodeSelector selector, Node node) {
        if (nodeName != null && !nodeName.isEmpty()) {
            return nodeName.equals(node.metadata().name());
        }
        return Boolean.TRUE.equals(allNodes) || (selector != null && NodeRequirements.matches(selector, node));
    }
}
