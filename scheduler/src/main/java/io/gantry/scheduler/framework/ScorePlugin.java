package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.List;

/// Ranks the nodes that passed the filters.
public interface ScorePlugin extends Plugin {
    long MAX_SCORE = 100;

    /// All nodes are equally good.
    long[] NO_OPINION = {};

    /// A score from 0 to [#MAX_SCORE] for each feasible node, in their order; an empty array when the
    /// plugin has no opinion on this pod. Pure.
    long[] score(PodInfo pod, Snapshot snapshot, List<NodeInfo> feasible);
}
