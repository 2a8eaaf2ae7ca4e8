package io.gantry.controllermanager.deployment;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentStrategy;
import io.gantry.api.apps.v1.deployment.RollingUpdateDeployment;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.resource.IntOrString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many pods a Deployment may have more and less than it wants, and sums over its ReplicaSets.
final class Sizes {
    private static final IntOrString QUARTER = IntOrString.of("25%");

    private Sizes() {}

    static boolean isRolling(Deployment deployment) {
        DeploymentStrategy strategy = deployment.spec().strategy();
        return strategy == null || !text(strategy.type()).equals("Recreate");
    }

    static int wanted(Deployment deployment) {
        return number(deployment.spec().replicas(), 1);
    }

    /// Rounded up.
    static int maxSurge(Deployment deployment) {
        return isRolling(deployment) ? surge(deployment) : 0;
    }

    /// Rounded down, but one when a surge of none would let nothing move.
    static int maxUnavailable(Deployment deployment) {
        int wanted = wanted(deployment);
        if (!isRolling(deployment) || wanted == 0) {
            return 0;
        }
        RollingUpdateDeployment rolling = rolling(deployment);
        IntOrString given = rolling == null || rolling.maxUnavailable() == null ? QUARTER : rolling.maxUnavailable();
        int unavailable = given.scaled(wanted, false);
        if (unavailable == 0 && surge(deployment) == 0) {
            unavailable = 1;
        }
        return Math.min(unavailable, wanted);
    }

    private static int surge(Deployment deployment) {
        RollingUpdateDeployment rolling = rolling(deployment);
        IntOrString given = rolling == null || rolling.maxSurge() == null ? QUARTER : rolling.maxSurge();
        return given.scaled(wanted(deployment), true);
    }

    private static @Nullable RollingUpdateDeployment rolling(Deployment deployment) {
        DeploymentStrategy strategy = deployment.spec().strategy();
        return strategy == null ? null : strategy.rollingUpdate();
    }

    static int replicas(ReplicaSet set) {
        return number(set.spec().replicas(), 1);
    }

    static int available(ReplicaSet set) {
        return number(set.status().availableReplicas());
    }

    static int replicas(List<ReplicaSet> sets) {
        return sets.stream().mapToInt(Sizes::replicas).sum();
    }

    static int available(List<ReplicaSet> sets) {
        return sets.stream().mapToInt(Sizes::available).sum();
    }
}
