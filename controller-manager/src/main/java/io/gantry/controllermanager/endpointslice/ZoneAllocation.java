package io.gantry.controllermanager.endpointslice;

import java.util.Map;
import java.util.TreeMap;

/// How many endpoints each zone is to have, so that none gets more traffic than its CPU is worth by more than a fifth
/// (upstream `topologycache` `getAllocations`).
///
/// @param zones by zone, in order of name; empty when it cannot be done
/// @param problem why not; empty when it can
record ZoneAllocation(Map<String, Room> zones, String problem) {
    /// @param minimum fewer would overload the zone's endpoints
    /// @param maximum more would leave another zone with too few
    record Room(int minimum, int maximum, double desired) {}

    private static final double OVERLOAD = 0.2;

    private static ZoneAllocation not(String problem) {
        return new ZoneAllocation(Map.of(), problem);
    }

    /// @param endpoints how many are ready
    static ZoneAllocation of(ZoneShares shares, int endpoints) {
        Map<String, Double> ratios = shares.ratios();
        String counts = " (" + endpoints + " endpoints, " + ratios.size() + " zones)";
        if (ratios.isEmpty()) {
            return not("Insufficient Node information: allocatable CPU or zone not specified on one or more nodes");
        }
        if (ratios.size() > endpoints) {
            return not("Insufficient number of endpoints" + counts);
        }
        int left = endpoints;
        for (double ratio : ratios.values()) {
            left -= minimum(ratio, endpoints);
        }
        if (left < 0) {
            return not("Unable to allocate minimum required endpoints to each zone without exceeding overload threshold"
                    + counts);
        }
        Map<String, Room> zones = new TreeMap<>();
        for (Map.Entry<String, Double> zone : ratios.entrySet()) {
            int minimum = minimum(zone.getValue(), endpoints);
            zones.put(zone.getKey(), new Room(minimum, minimum + left, Math.max(zone.getValue() * endpoints, minimum)));
        }
        return new ZoneAllocation(zones, "");
    }

    private static int minimum(double ratio, int endpoints) {
        return (int) Math.ceil(ratio * endpoints * (1 / (1 + OVERLOAD)));
    }
}
