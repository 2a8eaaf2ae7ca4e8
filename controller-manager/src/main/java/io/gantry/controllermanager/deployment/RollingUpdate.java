package io.gantry.controllermanager.deployment;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sizes of one step of a rolling update (upstream `rolling.go`): first the new set grows as far as the surge allows;
/// when it cannot, old sets shrink, unhealthy pods first, as far as availability allows.
final class RollingUpdate {
    private RollingUpdate() {}

    /// The size of the new set after this step.
    static int newSize(Deployment deployment, List<ReplicaSet> all, ReplicaSet current) {
        return grown(deployment, Sizes.replicas(all), Sizes.replicas(current));
    }

    /// The same for a set that is yet to be made.
    static int firstSize(Deployment deployment, List<ReplicaSet> old) {
        return grown(deployment, Sizes.replicas(old), 0);
    }

    private static int grown(Deployment deployment, int total, int size) {
        int wanted = Sizes.wanted(deployment);
        if (!Sizes.isRolling(deployment) || size > wanted) {
            return wanted;
        }
        int room = wanted + Sizes.maxSurge(deployment) - total;
        return room <= 0 ? size : size + Math.min(room, wanted - size);
    }

    /// The sizes of the old sets that change in this step, by name.
    static Map<String, Integer> oldSizes(Deployment deployment, Family family, ReplicaSet current) {
        List<ReplicaSet> old = Family.active(family.old());
        int oldPods = Sizes.replicas(old);
        if (oldPods == 0) {
            return Map.of();
        }
        int minAvailable = Sizes.wanted(deployment) - Sizes.maxUnavailable(deployment);
        int newUnavailable = Sizes.replicas(current) - Sizes.available(current);
        int mayGo = oldPods + Sizes.replicas(current) - minAvailable - newUnavailable;
        if (mayGo <= 0) {
            return Map.of();
        }
        Map<String, Integer> sizes = new LinkedHashMap<>();
        removeUnhealthy(old, mayGo, sizes);
        removeAvailable(old, Sizes.available(family.all()) - minAvailable, sizes);
        return sizes;
    }

    private static void removeUnhealthy(List<ReplicaSet> old, int mayGo, Map<String, Integer> sizes) {
        int left = mayGo;
        for (ReplicaSet set : old) {
            int unhealthy = Sizes.replicas(set) - Sizes.available(set);
            int going = Math.min(left, unhealthy);
            if (going > 0) {
                sizes.put(name(set), Sizes.replicas(set) - going);
                left -= going;
            }
        }
    }

    private static void removeAvailable(List<ReplicaSet> old, int spare, Map<String, Integer> sizes) {
        int left = spare;
        for (ReplicaSet set : old) {
            int size = sizes.getOrDefault(name(set), Sizes.replicas(set));
            int going = Math.min(left, size);
            if (going > 0) {
                sizes.put(name(set), size - going);
                left -= going;
            }
        }
    }

    static String name(ReplicaSet set) {
        return text(set.metadata().name());
    }
}
