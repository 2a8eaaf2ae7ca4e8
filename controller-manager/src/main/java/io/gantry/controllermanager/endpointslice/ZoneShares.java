package io.gantry.controllermanager.endpointslice;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.resource.Quantity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How the CPU of the nodes that are ready is spread over zones (upstream `topologycache` `SetNodes`).
///
/// @param ratios each zone's part of all CPU, by zone, in order of name; empty when hints make no sense: a node does
///     not say its zone or CPU, or there are fewer than two zones
record ZoneShares(Map<String, Double> ratios) {
    static final String ZONE = "topology.kubernetes.io/zone";
    private static final List<String> CONTROL_PLANE =
            List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    static final ZoneShares UNKNOWN = new ZoneShares(Map.of());

    static ZoneShares of(List<Node> nodes) {
        TreeMap<String, Long> byZone = new TreeMap<>();
        long total = 0;
        for (Node node : nodes) {
            if (!counts(node)) {
                continue;
            }
            String zone = zone(node);
            long cpu = node.status()
                    .allocatable()
                    .getOrDefault("cpu", Quantity.ZERO)
                    .milliValue();
            if (zone.isEmpty() || cpu == 0) {
                return UNKNOWN;
            }
            byZone.merge(zone, cpu, Long::sum);
            total += cpu;
        }
        if (byZone.size() < 2) {
            return UNKNOWN;
        }
        TreeMap<String, Double> ratios = new TreeMap<>();
        for (Map.Entry<String, Long> zone : byZone.entrySet()) {
            ratios.put(zone.getKey(), (double) zone.getValue() / total);
        }
        return new ZoneShares(Collections.unmodifiableMap(ratios));
    }

    private static boolean counts(Node node) {
        return CONTROL_PLANE.stream().noneMatch(node.metadata().labels()::containsKey) && isReady(node);
    }

    static boolean isReady(Node node) {
        return node.status().conditions().stream()
                .filter(c -> c.type().equals("Ready"))
                .findFirst()
                .map(c -> c.status().equals("True"))
                .orElse(false);
    }

    static String zone(Node node) {
        return text(node.metadata().labels().get(ZONE));
    }

    /// Whether a change of a node may change the shares: upstream looks at no others.
    static boolean matters(Node before, Node now) {
        return isReady(before) != isReady(now) || !zone(before).equals(zone(now));
    }
}
