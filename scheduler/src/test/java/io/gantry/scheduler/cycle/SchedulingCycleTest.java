package io.gantry.scheduler.cycle;

import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static io.gantry.scheduler.testing.Objects.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import io.gantry.scheduler.testing.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SchedulingCycleTest {
    private final Wiring wiring = Wiring.of(new FakeCluster());
    private final Profile profile = wiring.profile();
    private final Nominations nominations = wiring.nominations();
    private final SchedulingCycle cycle = new SchedulingCycle(profile, nominations, new SplittableRandom(1));
    private final DefaultPreemption preemption = new DefaultPreemption(
            nominations, new SplittableRandom(2), () -> new DisruptionBudgets(List.of()), PreemptionArgs.DEFAULT);

    @Test
    void spreadsOverEqualNodesTheSameWayForTheSameSeed() {
        List<String> first = place(20, new SplittableRandom(7));
        assertEquals(first, place(20, new SplittableRandom(7)));
        assertEquals(10, first.stream().filter("a"::equals).count());
    }

    private List<String> place(int pods, SplittableRandom random) {
        SchedulingCycle own = new SchedulingCycle(profile, nominations, random);
        Snapshot now = snapshot(node("a"), node("b"));
        List<String> places = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            PodInfo pod = pod("p" + i, 0, "100m", "100Mi");
            String node = assertInstanceOf(Decision.Placed.class, own.decide(pod, now))
                    .node();
            places.add(node);
            now = snapshot(now.nodes().stream()
                    .map(n -> n.name().equals(node) ? n.with(pod) : n)
                    .toArray(NodeInfo[]::new));
        }
        return places;
    }

    @Test
    void saysWhyNoNodeIsAvailable() {
        Snapshot now = snapshot(
                node("a", pod("q1", 0, "4", "1Gi")),
                node("b", pod("q2", 0, "4", "1Gi")),
                node("c", "", "'taints':[{'key':'k','effect':'NoSchedule'}]"));
        PodInfo pod = pod("p", 0, "1", "1Gi");
        Decision.Unschedulable decision = decide(pod, now);
        Diagnosis diagnosis = decision.diagnosis();
        assertEquals(
                "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu.",
                diagnosis.message());
        assertEquals(
                "preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, "
                        + "2 No preemption victims found for incoming pod.",
                preemption.postFilter(pod, now, decision.attempt()).message());
    }

    @Test
    void saysSoWhenThereAreNoNodes() {
        assertEquals(
                "no nodes available to schedule pods",
                diagnose(pod("p", ""), snapshot()).message());
    }

    @Test
    void preemptsTheLeastImportantPods() {
        Snapshot now = snapshot(
                node("a", pod("mid", 50, "3", "1Gi")),
                node("b", pod("low1", 10, "2", "1Gi"), pod("low2", 10, "2", "1Gi")));
        PodInfo pod = pod("p", 100, "2", "1Gi");
        Decision.Unschedulable decision = decide(pod, now);
        PostFilterPlugin.Result chosen = preemption.postFilter(pod, now, decision.attempt());
        assertEquals(Optional.of("b"), chosen.node());
        assertEquals(1, chosen.victims().size());
    }

    @Test
    void nominatedPodHoldsItsRoom() {
        PodInfo important = pod("p", 100, "4", "1Gi");
        nominations.nominate(important, "a");
        NodeInfo a = node("a");
        assertEquals(
                Optional.of("a"),
                Optional.of(cycle.decide(important, snapshot(a)))
                        .map(Decision.Placed.class::cast)
                        .map(Decision.Placed::node));
        assertTrue(cycle.decide(pod("q", 0, "1", "1Gi"), snapshot(a)) instanceof Decision.Unschedulable);
    }

    @Test
    void samplesOnlyPartOfManyNodes() {
        assertEquals(50, SchedulingCycle.enough(50, 0));
        assertEquals(420, SchedulingCycle.enough(1000, 0));
        assertEquals(500, SchedulingCycle.enough(10_000, 0));
    }

    private Diagnosis diagnose(PodInfo pod, Snapshot snapshot) {
        return decide(pod, snapshot).diagnosis();
    }

    private Decision.Unschedulable decide(PodInfo pod, Snapshot snapshot) {
        return assertInstanceOf(Decision.Unschedulable.class, cycle.decide(pod, snapshot));
    }
}
