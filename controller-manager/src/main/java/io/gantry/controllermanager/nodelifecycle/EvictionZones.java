package io.gantry.controllermanager.nodelifecycle;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.node.Node;
import io.gantry.component.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How fast nodes are emptied when they fall silent (upstream `node_lifecycle_controller.go`): one every ten seconds in
/// each zone; in a zone where more than half of the nodes are ill, it may be the network: a large zone goes on
/// slowly, a small one stops; and when every zone is wholly ill, it is us: nothing is emptied. Thread-safe.
final class EvictionZones {
    /// Nodes with this label say nothing of how their zone is.
    private static final String EXCLUDED = "node.kubernetes.io/exclude-disruption";

    private static final double UNHEALTHY_SHARE = 0.55;
    private static final int LARGE_ZONE = 50;
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration SLOW = Duration.ofSeconds(100);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /// How a zone is.
    enum State {
        NORMAL,
        PARTIAL,
        FULL
    }

    /// Whether a node may be emptied now.
    ///
    /// @param patience when to ask again otherwise
    record Answer(boolean allowed, Duration patience) {}

    private final Map<String, Instant> nextByZone = new HashMap<>();
    private final Counts evictions = Counts.counter("node_collector_evictions_total", "zone");

    /// How many nodes were given up in each zone, as upstream tells it.
    String metrics() {
        return evictions.text();
    }

    /// @param isTainted whether it was allowed before
    synchronized Answer ask(Node node, boolean isTainted, List<Node> nodes, Instant now) {
        List<Node> all = nodes.stream()
                .filter(n -> !n.metadata().labels().containsKey(EXCLUDED))
                .toList();
        if (isEverythingIll(all)) {
            return new Answer(false, LOOK_AGAIN);
        }
        if (isTainted) {
            return new Answer(true, Duration.ZERO);
        }
        String zone = zone(node);
        List<Node> inZone = all.stream().filter(n -> zone(n).equals(zone)).toList();
        boolean large = inZone.size() > LARGE_ZONE;
        State state = state(inZone);
        if (state == State.PARTIAL && !large) {
            return new Answer(false, LOOK_AGAIN);
        }
        Instant next = nextByZone.getOrDefault(zone, Instant.EPOCH);
        if (next.isAfter(now)) {
            return new Answer(false, Duration.between(now, next));
        }
        evictions.of(zone).increment();
        nextByZone.put(zone, now.plus(state == State.PARTIAL ? SLOW : USUAL));
        return new Answer(true, Duration.ZERO);
    }

    static boolean isEverythingIll(List<Node> all) {
        Set<String> zones = all.stream().map(EvictionZones::zone).collect(Collectors.toSet());
        return !zones.isEmpty()
                && zones.stream()
                        .allMatch(zone -> state(all.stream()
                                        .filter(n -> zone(n).equals(zone))
                                        .toList())
                                == State.FULL);
    }

    static State state(List<Node> nodes) {
        int ill = (int) nodes.stream()
                .filter(n -> !NodeHealthPlan.readiness(n.status().conditions()).equals("True"))
                .count();
        if (ill > 0 && ill == nodes.size()) {
            return State.FULL;
        }
        return ill > 2 && (double) ill / nodes.size() >= UNHEALTHY_SHARE ? State.PARTIAL : State.NORMAL;
    }

    /// Empty for a node without a place (upstream `component-helpers/node/topology`, `GetZoneKey`).
    private static String zone(Node node) {
        Map<String, String> labels = node.metadata().labels();
        String region = text(labels.get("topology.kubernetes.io/region"));
        String zone = text(labels.get("topology.kubernetes.io/zone"));
        return region.isEmpty() && zone.isEmpty() ? "" : region + ":\0:" + zone;
    }
}
