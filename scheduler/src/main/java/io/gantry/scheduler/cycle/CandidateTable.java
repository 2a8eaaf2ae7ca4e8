package io.gantry.scheduler.cycle;

import io.gantry.scheduler.snapshot.Snapshot;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What preemption for pods of one shape came to on each node. Findings hold until the node, the promises
/// on it or the budgets change. Owned by the scheduling thread.
final class CandidateTable {
    private final ChangeCursor cursor = new ChangeCursor();
    private final @Nullable Candidate[] candidates;
    private final BitSet hopeless;
    private DisruptionBudgets budgets = new DisruptionBudgets(List.of());

    CandidateTable(int nodes) {
        candidates = new Candidate[nodes];
        hopeless = new BitSet(nodes);
    }

    /// Forgets what changed since the last call.
    void follow(Snapshot snapshot, Nominations nominations, DisruptionBudgets now) {
        cursor.follow(snapshot, nominations, this::forget, this::forgetAll);
        if (!now.equals(budgets)) {
            forgetAll();
            budgets = now;
        }
    }

    void forget(int position) {
        candidates[position] = null;
        hopeless.clear(position);
    }

    void forgetAll() {
        Arrays.fill(candidates, null);
        hopeless.clear();
    }

    /// What is known of the node; null for nothing.
    @Nullable
    Candidate candidate(int position) {
        return candidates[position];
    }

    void put(int position, Candidate candidate) {
        candidates[position] = candidate;
        hopeless.set(position, candidate instanceof Candidate.None);
    }

    /// The nodes known to give no room.
    BitSet hopeless() {
        return hopeless;
    }
}
