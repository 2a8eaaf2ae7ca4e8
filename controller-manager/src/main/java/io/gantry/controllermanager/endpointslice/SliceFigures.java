package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Upstream's metrics of slices (`k8s.io/endpointslice/metrics`). Thread-safe.
final class SliceFigures {
    private static final String PREFIX = "endpoint_slice_controller_";
    private static final int BUCKETS = 15;
    private static final double[] DOUBLING =
            DoubleStream.iterate(2, end -> end * 2).limit(BUCKETS).toArray();

    private final Histogram added = new Histogram(PREFIX + "endpoints_added_per_sync", List.of(), DOUBLING);
    private final Histogram removed = new Histogram(PREFIX + "endpoints_removed_per_sync", List.of(), DOUBLING);
    private final Counts changes = Counts.counter(PREFIX + "changes", "operation");
    private final Counts syncs = Counts.counter(PREFIX + "syncs", "result");

    /// A service's slices were compared with those that it is to have.
    void compared(List<EndpointSlice> existing, SliceSet wanted, SlicePlan plan) {
        Set<SlicePlan.Identity> had = existing.stream()
                .flatMap(slice -> slice.endpoints().stream())
                .map(SlicePlan.Identity::of)
                .collect(Collectors.toSet());
        Set<SlicePlan.Identity> has = wanted.groups().values().stream()
                .flatMap(List::stream)
                .map(SlicePlan.Identity::of)
                .collect(Collectors.toSet());
        added.of().observe(without(has, had));
        removed.of().observe(without(had, has));
        changes.of("create").add(plan.creates().size());
        changes.of("update").add(plan.updates().size());
        changes.of("delete").add(plan.deletes().size());
    }

    private static long without(Set<SlicePlan.Identity> some, Set<SlicePlan.Identity> others) {
        return some.stream().filter(each -> !others.contains(each)).count();
    }

    void synced(boolean failed) {
        syncs.of(failed ? "error" : "success").increment();
    }

    /// All of it, in Prometheus' text format.
    ///
    /// @param slices of this controller
    String scrape(Collection<EndpointSlice> slices, Collection<Service> services) {
        return gauge("endpoints_desired", endpoints(slices))
                + gauge("num_endpoint_slices", slices.size())
                + gauge("desired_endpoint_slices", desired(slices))
                + distributions(services)
                + added.text()
                + removed.text()
                + changes.text()
                + syncs.text();
    }

    private static String gauge(String name, long value) {
        return Counts.gaugeNow(PREFIX + name, "", value);
    }

    private static long endpoints(Collection<EndpointSlice> slices) {
        return slices.stream().mapToLong(slice -> slice.endpoints().size()).sum();
    }

    /// How many slices there would be if all but the last of each service's groups were full.
    private static long desired(Collection<EndpointSlice> slices) {
        Map<String, Map<SliceSet.Group, Integer>> sizes = new HashMap<>();
        for (EndpointSlice slice : slices) {
            String service = text(slice.metadata().namespace()) + "/"
                    + slice.metadata().labels().get(ServiceSlices.SERVICE_NAME);
            sizes.computeIfAbsent(service, s -> new HashMap<>())
                    .merge(
                            new SliceSet.Group(slice.addressType(), slice.ports()),
                            slice.endpoints().size(),
                            Integer::sum);
        }
        return sizes.values().stream()
                .mapToLong(groups -> Math.max(
                        1,
                        groups.values().stream()
                                .mapToInt(size -> Math.ceilDiv(size, SlicePlan.MAX_ENDPOINTS))
                                .sum()))
                .sum();
    }

    private static String distributions(Collection<Service> services) {
        Counts counts = Counts.gauge(PREFIX + "services_count_by_traffic_distribution", "traffic_distribution");
        for (Service service : services) {
            if (service.spec().trafficDistribution() != null && ServicePods.isSelecting(service)) {
                counts.of(service.spec().trafficDistribution()).increment();
            }
        }
        return counts.text();
    }
}
