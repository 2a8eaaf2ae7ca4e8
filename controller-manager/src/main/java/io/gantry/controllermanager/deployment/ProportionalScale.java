package io.gantry.controllermanager.deployment;

import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sizes after a Deployment was scaled in the middle of a rollout or while paused (upstream `sync.go` `scale`): growth
/// and shrinkage are spread over the ReplicaSets in proportion to their sizes.
final class ProportionalScale {
    /// A new size.
    record Size(ReplicaSet set, int replicas) {}

    private ProportionalScale() {}

    static List<Size> of(Deployment deployment, Family family) {
        int wanted = Sizes.wanted(deployment);
        ReplicaSet only = activeOrLatest(family);
        if (only != null) {
            return List.of(new Size(only, wanted));
        }
        if (family.current().isPresent()
                && isSaturated(deployment, family.current().get())) {
            return Family.active(family.old()).stream()
                    .map(set -> new Size(set, 0))
                    .toList();
        }
        return Sizes.isRolling(deployment) ? spread(deployment, family) : List.of();
    }

    /// The one ReplicaSet that has pods, or where none has, the newest; null when several have pods.
    private static @Nullable ReplicaSet activeOrLatest(Family family) {
        List<ReplicaSet> active = Family.active(family.all());
        if (active.size() == 1) {
            return active.getFirst();
        }
        if (!active.isEmpty()) {
            return null;
        }
        return family.current()
                .or(() -> family.old().stream().max(Family.BY_CREATION))
                .orElse(null);
    }

    /// Whether the current set alone already has everything.
    private static boolean isSaturated(Deployment deployment, ReplicaSet current) {
        int wanted = Sizes.wanted(deployment);
        return Sizes.replicas(current) == wanted
                && Annotations.desired(current).orElse(-1) == wanted
                && Sizes.available(current) == wanted;
    }

    private static List<Size> spread(Deployment deployment, Family family) {
        int wanted = Sizes.wanted(deployment);
        int allowed = wanted > 0 ? wanted + Sizes.maxSurge(deployment) : 0;
        List<ReplicaSet> active = new ArrayList<>(Family.active(family.all()));
        int toAdd = allowed - Sizes.replicas(active);
        Comparator<ReplicaSet> bySize = Comparator.comparingInt(set -> -Sizes.replicas(set));
        active.sort(
                toAdd >= 0
                        ? bySize.thenComparing(Family.BY_CREATION.reversed())
                        : bySize.thenComparing(Family.BY_CREATION));
        List<Size> sizes = new ArrayList<>();
        int added = 0;
        for (ReplicaSet set : active) {
            int share = toAdd == 0 ? 0 : proportion(set, deployment, toAdd, added);
            sizes.add(new Size(set, Sizes.replicas(set) + share));
            added += share;
        }
        if (toAdd != 0 && !sizes.isEmpty()) {
            Size first = sizes.getFirst();
            sizes.set(0, new Size(first.set(), Math.max(0, first.replicas() + toAdd - added)));
        }
        return sizes;
    }

    private static int proportion(ReplicaSet set, Deployment deployment, int toAdd, int added) {
        if (Sizes.replicas(set) == 0 || toAdd == added) {
            return 0;
        }
        int fraction = fraction(set, deployment);
        int left = toAdd - added;
        return toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
    }

    private static int fraction(ReplicaSet set, Deployment deployment) {
        int wanted = Sizes.wanted(deployment);
        int size = Sizes.replicas(set);
        if (wanted == 0) {
            return -size;
        }
        int before = Annotations.max(set).orElse(number(deployment.status().replicas()));
        if (before == 0) {
            return 0;
        }
        double grown = (double) size * (wanted + Sizes.maxSurge(deployment)) / before;
        return (int) Math.round(grown) - size;
    }
}
