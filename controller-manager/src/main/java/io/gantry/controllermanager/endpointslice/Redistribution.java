package io.gantry.controllermanager.endpointslice;

import java.util.Map;
import java.util.TreeMap;

/// How many endpoints zones with too many give to zones with too few (upstream `getGivingAndReceivingZones`).
///
/// @param giving how many each zone has left to give; counted down as endpoints move
/// @param receiving how many each zone still gets; counted down likewise
record Redistribution(TreeMap<String, Integer> giving, TreeMap<String, Integer> receiving) {
    /// Less than this is not worth a move.
    private static final double LEAST = 0.5;

    /// @param have how many endpoints are hinted for each zone now
    static Redistribution of(ZoneAllocation allocation, Map<String, Integer> have) {
        TreeMap<String, Double> surplus = new TreeMap<>();
        TreeMap<String, Double> want = new TreeMap<>();
        allocation.zones().forEach((zone, room) -> {
            double more = have.getOrDefault(zone, 0) - room.desired();
            if (more > 0) {
                surplus.put(zone, more);
            } else if (more < 0) {
                want.put(zone, -more);
            }
        });
        Redistribution moves = new Redistribution(new TreeMap<>(), new TreeMap<>());
        while (true) {
            String from = most(surplus);
            String to = most(want);
            double gives = surplus.getOrDefault(from, 0.0);
            double takes = want.getOrDefault(to, 0.0);
            if (gives < LEAST || takes < LEAST || gives < 1 && takes < 1) {
                return moves;
            }
            moves.giving.merge(from, 1, Integer::sum);
            moves.receiving.merge(to, 1, Integer::sum);
            surplus.put(from, gives - 1);
            want.put(to, takes - 1);
        }
    }

    private static String most(TreeMap<String, Double> zones) {
        String most = "";
        double number = 0;
        for (Map.Entry<String, Double> zone : zones.entrySet()) {
            if (zone.getValue() > number) {
                most = zone.getKey();
                number = zone.getValue();
            }
        }
        return most;
    }

    /// The zone that an endpoint of this zone is hinted for: another one where its own gives some away.
    String place(String zone) {
        if (receiving.isEmpty() || !giving.containsKey(zone)) {
            return zone;
        }
        String to = receiving.firstKey();
        takeOne(giving, zone);
        takeOne(receiving, to);
        return to;
    }

    private static void takeOne(TreeMap<String, Integer> zones, String zone) {
        zones.computeIfPresent(zone, (z, count) -> count == 1 ? null : count - 1);
    }
}
