package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.pod.Toleration;
import io.gantry.api.core.v1.pod.Tolerations;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.FilterPlugin;
import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.ScorePlugin;
import io.gantry.scheduler.framework.Scores;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.List;

/// Keeps pods off nodes whose taints they do not tolerate; prefers nodes with fewer `PreferNoSchedule`
/// taints.
final class TaintToleration implements FilterPlugin, ScorePlugin {
    private static final Verdict REJECTED = Verdict.unresolvable("node(s) had untolerated taint(s)");

    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        if (!snapshot.anyTaints()) {
            return Preparation.SKIP;
        }
        List<Toleration> tolerations = pod.pod().spec().tolerations();
        return Preparation.each(node -> {
            for (Taint taint : node.node().spec().taints()) {
                if (Taints.repels(taint) && !Tolerations.tolerate(tolerations, taint)) {
                    return REJECTED;
                }
            }
            return Verdict.FITS;
        });
    }

    @Override
    public long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        if (!snapshot.anySoftTaints()) {
            return NO_OPINION;
        }
        List<Toleration> relevant = pod.pod().spec().tolerations().stream()
                .filter(toleration -> toleration.effect() == null
                        || toleration.effect().isEmpty()
                        || toleration.effect().equals("PreferNoSchedule"))
                .toList();
        long[] intolerable = new long[feasible.size()];
        for (int i = 0; i < intolerable.length; i++) {
            for (Taint taint : feasible.get(i).node().spec().taints()) {
                if (taint.effect().equals("PreferNoSchedule") && !Tolerations.tolerate(relevant, taint)) {
                    intolerable[i]++;
                }
            }
        }
        return Scores.normalize(intolerable, true);
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo pod) {
        List<Toleration> tolerations = pod.pod().spec().tolerations();
        return switch (event) {
            case ClusterEvent.NodeAdded added -> admits(added.node().spec().taints(), tolerations);
            case ClusterEvent.NodeChanged changed ->
                !admits(changed.before().spec().taints(), tolerations)
                        && admits(changed.after().spec().taints(), tolerations);
            case ClusterEvent.PodItself itself -> itself.toleratesOthers();
            case ClusterEvent.PodPlaced _,
                    ClusterEvent.PodGone _,
                    ClusterEvent.StorageEvent _,
                    ClusterEvent.NodeGone _,
                    ClusterEvent.DeviceEvent _,
                    ClusterEvent.NamespaceChanged _ -> false;
        };
    }

    private static boolean admits(List<Taint> taints, List<Toleration> tolerations) {
        return taints.stream().allMatch(taint -> !Taints.repels(taint) || Tolerations.tolerate(tolerations, taint));
    }
}
