package io.gantry.scheduler.cycle;

import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.snapshot.ClusterCache;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import io.gantry.scheduler.testing.Wiring;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// On random clusters the scheduler, which remembers much, decides as the plain algorithm does: pods of
/// many shapes come and go, preempt, hold promises; nodes come, change and go.
final class SameDecisionsTest {
    private static final int STEPS = 600;

    private final Wiring wiring = Wiring.of(new FakeCluster());
    private final Profile profile = wiring.profile();
    private final Nominations nominations = wiring.nominations();
    private final ClusterCache cache = new ClusterCache();
    private final List<PodInfo> placed = new ArrayList<>();
    private final List<PodInfo> promised = new ArrayList<>();
    private int preemptions;
    private int number;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void asThePlainAlgorithm(long seed) {
        Random random = new Random(seed);
        int nodes = 20 + random.nextInt(150);
        for (int i = 0; i < nodes; i++) {
            cache.setNode(someNode(i, random).node());
        }
        DisruptionBudgets budgets = new DisruptionBudgets(List.of());
        SplittableRandom quickRandom = new SplittableRandom(seed);
        SchedulingCycle quick = new SchedulingCycle(profile, nominations, quickRandom);
        DefaultPreemption preemption =
                new DefaultPreemption(nominations, quickRandom, () -> budgets, PreemptionArgs.DEFAULT);
        PlainCycle plain = new PlainCycle(profile, nominations, new SplittableRandom(seed), budgets);
        for (int step = 0; step < STEPS; step++) {
            PodInfo pod = promised.isEmpty() || random.nextInt(4) > 0 ? somePod(random) : take(promised, random);
            Snapshot snapshot = cache.snapshot();
            Decision decision = quick.decide(pod, snapshot);
            String expected = plain.decide(pod, snapshot);
            assertEquals(expected, text(pod, snapshot, decision, preemption), "seed " + seed + ", step " + step);
            if (random.nextInt(3) == 0 && !placed.isEmpty()) {
                cache.removePod(take(placed, random).uid());
            }
            if (random.nextInt(10) == 0) {
                cache.setNode(someNode(random.nextInt(nodes), random).node());
            }
        }
        assertTrue(preemptions > 20, "preemptions: " + preemptions);
    }

    private String text(PodInfo pod, Snapshot snapshot, Decision decision, DefaultPreemption preemption) {
        return switch (decision) {
            case Decision.Placed there -> {
                nominations.remove(pod);
                cache.assume(pod, there.node());
                placed.add(pod);
                yield there.node();
            }
            case Decision.Unschedulable(Diagnosis diagnosis, PostFilterPlugin.Failed attempt) -> {
                PostFilterPlugin.Result result = preemption.postFilter(pod, snapshot, attempt);
                result.node().ifPresentOrElse(node -> promise(pod, node, result), () -> nominations.remove(pod));
                yield diagnosis.message() + " "
                        + result.node()
                                .map(node -> node + " " + result.victims())
                                .orElse(result.message());
            }
        };
    }

    private void promise(PodInfo pod, String node, PostFilterPlugin.Result result) {
        preemptions++;
        nominations.lower(node, pod).forEach(nominations::remove);
        nominations.nominate(pod, node);
        promised.add(pod);
        result.victims().forEach(victim -> {
            cache.removePod(victim.uid());
            placed.remove(victim);
        });
    }

    private static PodInfo take(List<PodInfo> pods, Random random) {
        return pods.remove(random.nextInt(pods.size()));
    }

    private static NodeInfo someNode(int number, Random random) {
        return node(
                "n" + number,
                "'zone':'z" + number % 3 + "'" + (random.nextInt(5) == 0 ? ",'disk':'ssd'" : ""),
                switch (random.nextInt(20)) {
                    case 0, 1 -> "'taints':[{'key':'k','effect':'NoSchedule'}]";
                    case 2 -> "'taints':[{'key':'soft','effect':'PreferNoSchedule'}]";
                    case 3 -> "'unschedulable':true";
                    default -> "";
                });
    }

    private PodInfo somePod(Random random) {
        String requests =
                "'containers':[{'name':'c','image':'i:" + random.nextInt(10) + "','resources':{'requests':{'cpu':'"
                        + (1 + random.nextInt(4)) + "','memory':'" + (1 + random.nextInt(6)) + "Gi'}}}]";
        String special = switch (random.nextInt(10)) {
            case 0 -> ",'tolerations':[{'operator':'Exists'}]";
            case 1 -> ",'nodeSelector':{'disk':'ssd'}";
            case 2 ->
                ",'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':["
                        + "{'topologyKey':'kubernetes.io/hostname',"
                        + "'labelSelector':{'matchLabels':{'app':'a'}}}]}}";
            case 3 ->
                ",'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone',"
                        + "'whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'app':'b'}}}]";
            default -> "";
        };
        String app = random.nextBoolean() ? "a" : "b";
        String labels = "'app':'" + app + "','group':'g" + random.nextInt(50) + "'";
        return pod("p" + number++, labels, "'priority':" + random.nextInt(4) + "," + requests + special);
    }
}
