package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.List;

/// A score that depends on nothing but the pod's [io.gantry.scheduler.snapshot.LocalShape] and the node, so that it can
/// be remembered.
public interface LocalScorePlugin extends ScorePlugin {
    /// From 0 to [#MAX_SCORE]. Pure.
    long score(PodInfo pod, NodeInfo node);

    @Override
    default long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible) {
        long[] scores = new long[feasible.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(pod, feasible.get(i));
        }
        return scores;
    }
}
