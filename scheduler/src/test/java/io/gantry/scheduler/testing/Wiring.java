package io.gantry.scheduler.testing;

import io.gantry.scheduler.config.SchedulerConfiguration;
import io.gantry.scheduler.cycle.DisruptionBudgets;
import io.gantry.scheduler.cycle.Nominations;
import io.gantry.scheduler.framework.Permits;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.plugins.PluginContext;
import io.gantry.scheduler.plugins.PodBinding;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What a scheduler is built of, around a fake cluster.
///
/// @param pods where bindings go
public record Wiring(
        FakeCluster cluster, PodBinding pods, Permits permits, Nominations nominations, RandomGenerator random) {
    public static Wiring of(FakeCluster cluster) {
        return of(cluster, (pod, node) -> {}, 1);
    }

    public static Wiring of(FakeCluster cluster, PodBinding pods, long seed) {
        return new Wiring(cluster, pods, new Permits(), new Nominations(), new SplittableRandom(seed));
    }

    public PluginContext context() {
        return new PluginContext(
                cluster, cluster, pods, permits, nominations, () -> new DisruptionBudgets(List.of()), random);
    }

    /// The default profile.
    public Profiles profiles() {
        return SchedulerConfiguration.defaults(Profiles.DEFAULT_NAME).profiles(context());
    }

    public Profile profile() {
        return profiles().all().iterator().next();
    }
}
