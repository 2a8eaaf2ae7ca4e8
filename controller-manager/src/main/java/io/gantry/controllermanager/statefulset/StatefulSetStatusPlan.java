package io.gantry.controllermanager.statefulset;

import static io.gantry.controllermanager.common.Fields.nonZero;
import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.controllermanager.common.Pods;
import java.time.Instant;
import java.util.List;

/// The status of a StatefulSet; ends an update when every pod has the new revision and is ready.
/// Revisions are names: `set-hash`.
final class StatefulSetStatusPlan {
    private StatefulSetStatusPlan() {}

    static StatefulSetStatus of(StatefulSet set, List<Pod> pods, String current, String update, Instant now) {
        int minReady = number(set.spec().minReadySeconds());
        int ready = 0;
        int available = 0;
        int ofCurrent = 0;
        int ofUpdate = 0;
        for (Pod pod : pods) {
            boolean running = Pods.phase(pod).equals("Running");
            ready += running && Pods.isReady(pod) ? 1 : 0;
            available += running && Pods.isAvailable(pod, minReady, now) ? 1 : 0;
            boolean counts = !Pods.isTerminating(pod);
            ofCurrent += counts && StatefulSetPlan.revisionOf(pod).equals(current) ? 1 : 0;
            ofUpdate += counts && StatefulSetPlan.revisionOf(pod).equals(update) ? 1 : 0;
        }
        boolean complete = StatefulSetPlan.isRolling(set)
                && ofUpdate == pods.size()
                && ready == pods.size()
                && pods.size() == number(set.spec().replicas(), 1)
                && !current.equals(update);
        String shownCurrent = complete ? update : current;
        return new StatefulSetStatus(
                nonZero(number(set.metadata().generation())),
                pods.size(),
                nonZero(ready),
                nonZero(complete ? ofUpdate : ofCurrent),
                nonZero(ofUpdate),
                shownCurrent,
                update,
                number(set.status().collisionCount()),
                set.status().conditions(),
                available);
    }
}
