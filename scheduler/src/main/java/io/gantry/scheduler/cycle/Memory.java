package io.gantry.scheduler.cycle;

import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What earlier cycles found out about single nodes for pods of one shape. Nodes are immutable, so a finding holds as
/// long as the snapshot has the very same object and the same promises on it. Only what depends on pod and node alone
/// is remembered. Owned by the scheduling thread.
final class Memory {
    private static final int MAX_SHAPES = 8;
    private static final float LOAD = 0.75f;

    private @Nullable Snapshot snapshot;
    private final Map<PodInfo.Shape, Table> tables = new LinkedHashMap<>(MAX_SHAPES, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<PodInfo.Shape, Table> eldest) {
            return size() > MAX_SHAPES;
        }
    };

    /// The findings for pods of this pod's shape.
    Table of(PodInfo pod, Snapshot now) {
        if (!now.equals(snapshot)) {
            tables.clear();
            snapshot = now;
        }
        return tables.computeIfAbsent(pod.shape(), shape -> new Table(now.size()));
    }

    /// Findings by the position of the node.
    static final class Table {
        private final Cell[] verdicts;
        private final Cell[] candidates;
        private final NodeInfo[] scored;
        private final long[] scores;

        /// A finding and what it was found on.
        private record Cell(NodeInfo node, List<PodInfo> promised, Object finding) {}

        Table(int nodes) {
            verdicts = new Cell[nodes];
            candidates = new Cell[nodes];
            scored = new NodeInfo[nodes];
            scores = new long[nodes];
        }

        @SuppressWarnings("ReferenceEquality")
        private static @Nullable Object find(Cell[] cells, NodeInfo node, List<PodInfo> promised) {
            Cell cell = cells[node.position()];
            return cell != null && cell.node == node && cell.promised == promised ? cell.finding : null;
        }

        PreparedFilters.@Nullable Outcome verdict(NodeInfo node, List<PodInfo> promised) {
            return (PreparedFilters.Outcome) find(verdicts, node, promised);
        }

        void verdict(NodeInfo node, List<PodInfo> promised, PreparedFilters.Outcome outcome) {
            verdicts[node.position()] = new Cell(node, promised, outcome);
        }

        @SuppressWarnings("unchecked")
        @Nullable
        Optional<Preemption.Candidate> candidate(NodeInfo node, List<PodInfo> promised) {
            return (Optional<Preemption.Candidate>) find(candidates, node, promised);
        }

        void candidate(NodeInfo node, List<PodInfo> promised, Optional<Preemption.Candidate> candidate) {
            candidates[node.position()] = new Cell(node, promised, candidate);
        }

        @SuppressWarnings("ReferenceEquality")
        boolean isScored(NodeInfo node) {
            return scored[node.position()] == node;
        }

        long score(NodeInfo node) {
            return scores[node.position()];
        }

        void score(NodeInfo node, long score) {
            scored[node.position()] = node;
            scores[node.position()] = score;
        }
    }
}
