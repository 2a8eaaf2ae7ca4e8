package io.gantry.scheduler.record;

import static io.gantry.scheduler.testing.Objects.json;
import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.scheduler.config.SchedulerConfiguration;
import io.gantry.scheduler.cycle.Decision;
import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.cycle.SchedulingCycle;
import io.gantry.scheduler.framework.Permits;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.plugins.PluginCatalog;
import io.gantry.scheduler.plugins.PluginContext;
import io.gantry.scheduler.snapshot.ClusterCache;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was recorded is decided the same again; what was not decided so is found.
final class ReplayTest {
    private static final int CYCLES = 300;
    private static final String CONFIGURATION = """
            apiVersion: kubescheduler.config.k8s.io/v1
            kind: KubeSchedulerConfiguration
            percentageOfNodesToScore: 30
            profiles:
            - pluginConfig:
              - {name: NodeResourcesFit, args: {scoringStrategy: {type: MostAllocated}}}
            """;

    private static final String CLAIM = "{'metadata':{'name':'c','namespace':'default','uid':'u'},'spec':{'devices':"
            + "{'requests':[{'name':'r','exactly':{'deviceClassName':'gpu'}}]}}}";

    @TempDir
    private Path folder = Path.of("");

    private final Random chance = new Random(7);
    private final Nominations nominations = new Nominations();
    private final ClusterCache cache = new ClusterCache();
    private final List<PodInfo> placed = new ArrayList<>();
    private int number;

    @Test
    void decidesTheSameAgain() throws IOException {
        Path file = folder.resolve("decisions");
        record(file);
        Replay.Result result = Replay.of(file);
        assertEquals(CYCLES, result.cycles());
        assertEquals(List.of(), result.differences());
        String text = Files.readString(file);
        assertTrue(text.contains("promised n") && text.contains("placed on n") && text.contains("not found"), text);
        assertTrue(text.contains("resourceclaim \\\"c\\\" not found") && text.contains("placed on n7 of 1\""), text);
    }

    @Test
    void findsADecisionThatWasOtherwise() throws IOException {
        Path file = folder.resolve("decisions");
        record(file);
        Files.writeString(file, Files.readString(file).replaceFirst("placed on n\\d+ of", "placed on n999 of"));
        assertEquals(1, Replay.of(file).differences().size());
    }

    private void record(Path file) {
        FakeCluster cluster = clusterWithDevices();
        Answers view = new Answers(cluster);
        SeededRandom random = new SeededRandom(11);
        DisruptionBudgets budgets = new DisruptionBudgets(List.of());
        Profile profile = SchedulerConfiguration.parse(CONFIGURATION, PluginCatalog.upstream())
                .profiles(new PluginContext(
                        view, cluster, (pod, node) -> {}, new Permits(), nominations, () -> budgets, random))
                .all()
                .iterator()
                .next();
        SchedulingCycle cycle = new SchedulingCycle(profile, nominations, random);
        for (int i = 0; i < 130; i++) {
            cache.setNode(node("n" + i).node());
        }
        try (DecisionLog log = new DecisionLog(file, CONFIGURATION, view, random, nominations)) {
            for (int i = 0; i < CYCLES; i++) {
                if (i == CYCLES / 3) {
                    cluster.ledger.follower().added(json(ResourceClaim.class, CLAIM));
                }
                if (i == CYCLES / 2) {
                    cluster.claims.put(
                            "data",
                            json(
                                    PersistentVolumeClaim.class,
                                    "{'metadata':{'name':'data','namespace':'default'},'spec':{}}"));
                    cache.setNode(node("another").node());
                }
                PodInfo pod = somePod();
                Snapshot snapshot = cache.snapshot();
                log.begin(profile, pod, snapshot, cycle.nextStart());
                Decision decision = cycle.decide(pod, snapshot);
                Optional<PostFilterPlugin.Result> result = decision instanceof Decision.Unschedulable unschedulable
                        ? unschedulable.postFilter(profile, pod, snapshot)
                        : Optional.empty();
                log.end(decision, result);
                carryOut(pod, decision, result);
            }
        }
    }

    /// The node n7 has a device.
    private static FakeCluster clusterWithDevices() {
        FakeCluster cluster = new FakeCluster();
        cluster.deviceClasses.put("gpu", json(DeviceClass.class, "{'metadata':{'name':'gpu'}}"));
        cluster.slices.add(json(
                ResourceSlice.class,
                "{'metadata':{'name':'s'},'spec':{'driver':'d','nodeName':'n7','pool':{'name':'p','generation':1,"
                        + "'resourceSliceCount':1},'devices':[{'name':'x','capacity':{'memory':{'value':'8Gi'}}}]}}"));
        return cluster;
    }

    private void carryOut(PodInfo pod, Decision decision, Optional<PostFilterPlugin.Result> result) {
        if (decision instanceof Decision.Placed there) {
            cache.assume(pod, there.node());
            placed.add(pod);
        }
        result.flatMap(PostFilterPlugin.Result::node).ifPresent(node -> nominations.nominate(pod, node));
        result.map(PostFilterPlugin.Result::victims).orElse(List.of()).forEach(victim -> {
            cache.removePod(victim.uid());
            placed.remove(victim);
        });
        if (chance.nextInt(6) == 0 && !placed.isEmpty()) {
            cache.removePod(placed.remove(chance.nextInt(placed.size())).uid());
        }
    }

    private PodInfo somePod() {
        String name = "p" + number++;
        if (chance.nextInt(20) == 0) {
            return pod(name, "'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'data'}}]");
        }
        if (chance.nextInt(20) == 0) {
            return pod(name, "'resourceClaims':[{'name':'c','resourceClaimName':'c'}]");
        }
        return pod(name, chance.nextInt(3), Integer.toString(3 + chance.nextInt(2)), "1Gi");
    }
}
