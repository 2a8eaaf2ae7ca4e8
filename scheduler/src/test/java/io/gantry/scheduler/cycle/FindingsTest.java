package io.gantry.scheduler.cycle;

import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.LocalScorePlugin;
import io.gantry.scheduler.framework.Plugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.ClusterCache;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// How often nodes are looked at: what was found holds for all pods that local plugins see alike.
final class FindingsTest {
    private static final int NODES = 300;
    private static final int PODS = 400;

    private int checks;
    private int scores;
    private final ClusterCache cache = new ClusterCache();
    private final SchedulingCycle cycle = new SchedulingCycle(counting(), new Nominations(), new SplittableRandom(1));

    private final class Counting implements FilterPlugin, LocalScorePlugin {
        @Override
        public String name() {
            return "Counting";
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public Preparation prepare(PodInfo pod, Snapshot snapshot) {
            return Preparation.each(node -> {
                checks++;
                return Verdict.FITS;
            });
        }

        @Override
        public long score(PodInfo pod, NodeInfo node) {
            scores++;
            return MAX_SCORE - node.pods().size();
        }

        @Override
        public boolean mayHelp(ClusterEvent event, PodInfo pod) {
            return false;
        }
    }

    private Profile counting() {
        Map<ExtensionPoint, List<Plugin>> points = new EnumMap<>(ExtensionPoint.class);
        Counting plugin = new Counting();
        points.put(ExtensionPoint.PRE_FILTER, List.of(plugin));
        points.put(ExtensionPoint.FILTER, List.of(plugin));
        points.put(ExtensionPoint.SCORE, List.of(plugin));
        return new Profile("p", 0, points, Map.of());
    }

    /// Each pod changes one node, which costs one look; labels, images and names are of no interest.
    @Test
    void podsOfManyGroupsAreOneToLocalPlugins() {
        List<PodInfo> placed = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            cache.setNode(node("n" + i).node());
        }
        for (int i = 0; i < PODS; i++) {
            PodInfo pod = pod(
                    "p" + i,
                    "'group':'g" + i % 50 + "'",
                    "'containers':[{'name':'c','image':'registry.example/i:" + i % 10 + "'}]");
            Decision.Placed there = assertInstanceOf(Decision.Placed.class, cycle.decide(pod, cache.snapshot()));
            cache.assume(pod, there.node());
            placed.add(pod);
        }
        assertEquals(PODS, placed.size());
        assertTrue(checks <= NODES + PODS, "checks: " + checks);
        assertTrue(scores <= NODES + PODS, "scores: " + scores);
    }
}
