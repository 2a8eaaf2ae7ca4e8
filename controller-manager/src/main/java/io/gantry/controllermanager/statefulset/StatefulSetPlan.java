package io.gantry.controllermanager.statefulset;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.apps.v1.statefulset.RollingUpdateStatefulSetStrategy;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetStatus;
import io.gantry.api.apps.v1.statefulset.StatefulSetUpdateStrategy;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import io.gantry.controllermanager.history.Revisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The next steps of a StatefulSet (upstream `pkg/controller/statefulset/stateful_set_control.go`): pods come up in
/// order and go in reverse, each only when the others are well, unless pods are managed in parallel.
///
/// @param creations pods to make
/// @param deletions pods to remove
record StatefulSetPlan(List<Creation> creations, List<Pod> deletions) {
    /// A pod to make, from the template of this revision.
    record Creation(int ordinal, String revision) {}

    /// @param pods the set's pods
    /// @param current the revision that pods had before the update
    /// @param update the revision of the template
    static StatefulSetPlan of(StatefulSet set, List<Pod> pods, String current, String update, Instant now) {
        return new Planner(set, pods, current, update, now).plan();
    }

    private static final class Planner {
        private final StatefulSet set;
        private final String current;
        private final String update;
        private final Instant now;
        private final int start;
        private final int end;
        private final Map<Integer, Pod> byOrdinal = new TreeMap<>();
        private final List<Creation> creations = new ArrayList<>();
        private final List<Pod> deletions = new ArrayList<>();

        Planner(StatefulSet set, List<Pod> pods, String current, String update, Instant now) {
            this.set = set;
            this.current = current;
            this.update = update;
            this.now = now;
            this.start = Identity.start(set);
            this.end = start + number(set.spec().replicas(), 1);
            for (Pod pod : pods) {
                Identity.ordinal(set, pod).ifPresent(ordinal -> byOrdinal.put(ordinal, pod));
            }
        }

        StatefulSetPlan plan() {
            if (bringUp() && scaleDown() && isRolling(set)) {
                roll();
            }
            return new StatefulSetPlan(creations, deletions);
        }

        private boolean isParallel() {
            return text(set.spec().podManagementPolicy()).equals("Parallel");
        }

        /// False when the rest must wait.
        private boolean bringUp() {
            for (int ordinal = start; ordinal < end; ordinal++) {
                Pod pod = byOrdinal.get(ordinal);
                if (pod == null) {
                    creations.add(new Creation(ordinal, revisionOfNew(ordinal)));
                } else if (Pods.isFinished(pod) && !Pods.isTerminating(pod)) {
                    deletions.add(pod);
                } else if (isWell(pod)) {
                    continue;
                }
                if (!isParallel()) {
                    return false;
                }
            }
            return true;
        }

        /// Highest first; in order, an ill one stops it unless it is the lowest that is ill. False when the
        /// rest must wait.
        private boolean scaleDown() {
            List<Pod> condemned = byOrdinal.entrySet().stream()
                    .filter(e -> e.getKey() < start || e.getKey() >= end)
                    .sorted(Map.Entry.<Integer, Pod>comparingByKey().reversed())
                    .map(Map.Entry::getValue)
                    .toList();
            if (isParallel()) {
                condemned.stream().filter(pod -> !Pods.isTerminating(pod)).forEach(deletions::add);
                return true;
            }
            if (condemned.isEmpty()) {
                return true;
            }
            Pod highest = condemned.getFirst();
            boolean othersAreIll = condemned.stream().skip(1).anyMatch(pod -> !isWell(pod));
            if (!Pods.isTerminating(highest) && (isWell(highest) || !othersAreIll)) {
                deletions.add(highest);
            }
            return false;
        }

        /// Replaces pods of old revisions from the highest ordinal down to the partition, one at a time.
        private void roll() {
            int limit = maxUnavailable();
            if (limit > 1) {
                rollSeveral(limit);
                return;
            }
            for (int ordinal = end - 1; ordinal >= start + partition(); ordinal--) {
                Pod pod = byOrdinal.get(ordinal);
                if (pod == null) {
                    return;
                }
                if (!revisionOf(pod).equals(update) && !Pods.isTerminating(pod)) {
                    if (!deletions.contains(pod)) {
                        deletions.add(pod);
                    }
                    return;
                }
                if (!isWell(pod)) {
                    return;
                }
            }
        }

        /// Pods of old revisions that are ill anyway cost nothing.
        private void rollSeveral(int limit) {
            int unavailable = (int) byOrdinal.entrySet().stream()
                    .filter(e -> e.getKey() >= start && e.getKey() < end && !isWell(e.getValue()))
                    .count();
            int budget = limit - unavailable - Math.max(0, end - start - inRange());
            List<Pod> highestFirst = new ArrayList<>();
            byOrdinal.forEach((ordinal, pod) -> {
                if (ordinal >= start + partition() && ordinal < end) {
                    highestFirst.addFirst(pod);
                }
            });
            for (Pod pod : highestFirst) {
                boolean isOld = !revisionOf(pod).equals(update) && !Pods.isTerminating(pod);
                if (isOld && !deletions.contains(pod) && (budget > 0 || !isWell(pod))) {
                    budget -= isWell(pod) ? 1 : 0;
                    deletions.add(pod);
                }
            }
        }

        private int inRange() {
            return (int) byOrdinal.keySet().stream()
                    .filter(o -> o >= start && o < end)
                    .count();
        }

        private int maxUnavailable() {
            RollingUpdateStatefulSetStrategy rolling = rolling();
            return rolling == null || rolling.maxUnavailable() == null
                    ? 1
                    : Math.max(1, rolling.maxUnavailable().scaled(end - start, true));
        }

        private int partition() {
            RollingUpdateStatefulSetStrategy rolling = rolling();
            return rolling == null ? 0 : number(rolling.partition());
        }

        private @Nullable RollingUpdateStatefulSetStrategy rolling() {
            StatefulSetUpdateStrategy strategy = set.spec().updateStrategy();
            return strategy == null ? null : strategy.rollingUpdate();
        }

        /// A pod below the partition keeps the revision before the update; where the strategy says nothing of
        /// one, a pod that the update has not come to yet (upstream's `newVersionedStatefulSetPod`).
        private String revisionOfNew(int ordinal) {
            int kept = rolling() == null ? currentReplicas() : partition();
            return isRolling(set) && ordinal < start + kept ? current : update;
        }

        private int currentReplicas() {
            StatefulSetStatus status = set.status();
            return status == null ? 0 : number(status.currentReplicas());
        }

        private boolean isWell(Pod pod) {
            return !Pods.isTerminating(pod)
                    && Pods.phase(pod).equals("Running")
                    && Pods.isAvailable(pod, number(set.spec().minReadySeconds()), now);
        }
    }

    static boolean isRolling(StatefulSet set) {
        StatefulSetUpdateStrategy strategy = set.spec().updateStrategy();
        return strategy == null || !text(strategy.type()).equals("OnDelete");
    }

    static String revisionOf(Pod pod) {
        return text(pod.metadata().labels().get(Revisions.HASH));
    }
}
