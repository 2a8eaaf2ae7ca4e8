package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.ArrayList;
import java.util.List;

/// Tries out on single nodes which pods must go for a pod to come.
record DryRun(PodInfo pod, PostFilterPlugin.Failed failed, Nominations nominations, DisruptionBudgets budgets) {
    /// Takes all less important pods off the node and puts back as many as possible, the most important
    /// first.
    Candidate on(NodeInfo node) {
        List<PodInfo> lower = new ArrayList<>();
        for (PodInfo other : node.pods()) {
            if (other.priority() < pod.priority()) {
                lower.add(other);
            }
        }
        if (lower.isEmpty()) {
            return Candidate.None.NO_VICTIMS;
        }
        NodeInfo emptied = nominations.withNominated(node.withoutAll(lower), pod);
        if (failed.check(emptied, node) instanceof Verdict.Rejected rejected) {
            return new Candidate.None(rejected);
        }
        lower.sort(Candidate.MORE_IMPORTANT_FIRST);
        DisruptionBudgets.Split split = budgets.split(lower);
        List<PodInfo> victims = new ArrayList<>();
        NodeInfo filled = reprieve(emptied, node, split.protectedPods(), victims);
        int broken = victims.size();
        reprieve(filled, node, split.others(), victims);
        victims.sort(Candidate.MORE_IMPORTANT_FIRST);
        return victims.isEmpty() ? Candidate.None.NO_VICTIMS : Candidate.Room.of(node.name(), victims, broken);
    }

    /// Those that must go are added to `victims`.
    private NodeInfo reprieve(NodeInfo node, NodeInfo asIs, List<PodInfo> pods, List<PodInfo> victims) {
        NodeInfo filled = node;
        for (PodInfo other : pods) {
            NodeInfo more = filled.with(other);
            if (failed.check(more, asIs) instanceof Verdict.Fits) {
                filled = more;
            } else {
                victims.add(other);
            }
        }
        return filled;
    }
}
