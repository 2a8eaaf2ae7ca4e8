package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.Endpoint;
import io.gantry.api.discovery.v1.endpointslice.EndpointBuilder;
import io.gantry.api.discovery.v1.endpointslice.EndpointHints;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceBuilder;
import io.gantry.api.discovery.v1.endpointslice.ForZone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Zone hints of a service that asks for them by `service.kubernetes.io/topology-mode: Auto`, for the slices of one
/// address type: each endpoint serves its own zone, but zones with more endpoints than their CPU is worth lend some to
/// others (upstream `staging/src/k8s.io/endpointslice/topologycache` `AddHints`).
///
/// @param plan the slices with hints; without where that is not possible
/// @param zones how many endpoints are hinted for each zone; empty where there are no hints
/// @param problem why there are no hints; empty where there are
record TopologyHints(SlicePlan plan, Map<String, Integer> zones, String problem) {
    private static final String DEPRECATED = "service.kubernetes.io/topology-aware-hints";
    private static final String MODE = "service.kubernetes.io/topology-mode";

    /// Whether the service asks for hints by zone.
    static boolean areWanted(Service service) {
        Map<String, String> annotations = service.metadata().annotations();
        String mode = text(annotations.getOrDefault(DEPRECATED, annotations.get(MODE)));
        return mode.equals("Auto") || mode.equals("auto");
    }

    /// @param plan what is to be written for the address type, where endpoints have the hints that they had
    /// @param existing the slices of the address type, as they are
    /// @param bare the same plan where endpoints have no hints
    static TopologyHints of(SlicePlan plan, List<EndpointSlice> existing, SlicePlan bare, ZoneShares shares) {
        List<EndpointSlice> unchanged = plan.unchanged(existing);
        ZoneAllocation allocation =
                ZoneAllocation.of(shares, ready(plan.creates()) + ready(plan.updates()) + ready(unchanged));
        if (!allocation.problem().isEmpty()) {
            return new TopologyHints(bare, Map.of(), allocation.problem());
        }
        TreeMap<String, Integer> zones = new TreeMap<>();
        List<EndpointSlice> updates = new ArrayList<>(plan.updates());
        for (EndpointSlice slice : unchanged) {
            if (!keeps(slice, zones, allocation)) {
                updates.add(slice);
            }
        }
        List<EndpointSlice> open = new ArrayList<>(plan.creates());
        open.addAll(updates);
        for (EndpointSlice slice : open) {
            for (Endpoint endpoint : slice.endpoints()) {
                if (isReady(endpoint) && text(endpoint.zone()).isEmpty()) {
                    return new TopologyHints(bare, Map.of(), "One or more endpoints do not have a zone specified");
                }
                if (isReady(endpoint)) {
                    zones.merge(text(endpoint.zone()), 1, Integer::sum);
                }
            }
        }
        Redistribution moves = Redistribution.of(allocation, zones);
        SlicePlan hinted =
                new SlicePlan(hinted(plan.creates(), moves, zones), hinted(updates, moves, zones), plan.deletes());
        return zones.isEmpty()
                ? new TopologyHints(bare, Map.of(), "No hints allocated for zones")
                : new TopologyHints(hinted, zones, "");
    }

    private static boolean isReady(Endpoint endpoint) {
        return endpoint.conditions() != null
                && Boolean.TRUE.equals(endpoint.conditions().ready());
    }

    private static int ready(List<EndpointSlice> slices) {
        return (int) slices.stream()
                .flatMap(slice -> slice.endpoints().stream())
                .filter(TopologyHints::isReady)
                .count();
    }

    /// Whether the hints that a slice has are all right still; they are counted then.
    private static boolean keeps(EndpointSlice slice, Map<String, Integer> zones, ZoneAllocation allocation) {
        TreeMap<String, Integer> mine = new TreeMap<>();
        for (Endpoint endpoint : slice.endpoints()) {
            if (!isReady(endpoint)) {
                continue;
            }
            EndpointHints hints = endpoint.hints();
            if (hints == null || hints.forZones().isEmpty()) {
                return false;
            }
            hints.forZones().forEach(zone -> mine.merge(zone.name(), 1, Integer::sum));
        }
        for (Map.Entry<String, Integer> zone : mine.entrySet()) {
            ZoneAllocation.Room room = allocation.zones().get(zone.getKey());
            if (room == null || zone.getValue() + zones.getOrDefault(zone.getKey(), 0) > room.maximum()) {
                return false;
            }
        }
        mine.forEach((zone, count) -> zones.merge(zone, count, Integer::sum));
        return true;
    }

    private static List<EndpointSlice> hinted(
            List<EndpointSlice> slices, Redistribution moves, Map<String, Integer> zones) {
        return slices.stream()
                .map(slice -> EndpointSliceBuilder.builder(slice)
                        .endpoints(slice.endpoints().stream()
                                .map(endpoint -> hinted(endpoint, moves, zones))
                                .toList())
                        .build())
                .toList();
    }

    private static Endpoint hinted(Endpoint endpoint, Redistribution moves, Map<String, Integer> zones) {
        if (!isReady(endpoint)) {
            return EndpointBuilder.builder(endpoint).hints(null).build();
        }
        String own = text(endpoint.zone());
        String zone = moves.place(own);
        if (!zone.equals(own)) {
            zones.merge(own, -1, Integer::sum);
            zones.merge(zone, 1, Integer::sum);
        }
        return EndpointBuilder.builder(endpoint)
                .hints(new EndpointHints(List.of(new ForZone(zone)), List.of()))
                .build();
    }
}
