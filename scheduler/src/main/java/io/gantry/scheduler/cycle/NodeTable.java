package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the local filters and scores say of each node for pods of one shape, with sums: a cycle looks only
/// at nodes that it does not know to be rejected, and knows why the others are. Findings hold until the
/// node or the promises on it change. Owned by the scheduling thread.
final class NodeTable {
    private final ChangeCursor cursor = new ChangeCursor();
    private final PreparedFilters.@Nullable Outcome[] outcomes;
    private final BitSet open;
    private final BitSet resolvable;
    private final Map<PreparedFilters.Outcome, Integer> rejected = new HashMap<>();
    private final BitSet scored;
    private final long[] scores;

    NodeTable(int nodes) {
        outcomes = new PreparedFilters.Outcome[nodes];
        open = new BitSet(nodes);
        open.set(0, nodes);
        resolvable = new BitSet(nodes);
        scored = new BitSet(nodes);
        scores = new long[nodes];
    }

    /// Forgets what changed since the last call.
    void follow(Snapshot snapshot, Nominations nominations) {
        cursor.follow(snapshot, nominations, this::forget, this::forgetAll);
    }

    void forget(int position) {
        PreparedFilters.Outcome old = outcomes[position];
        if (old != null && old.rejects()) {
            rejected.computeIfPresent(old, (outcome, count) -> count == 1 ? null : count - 1);
            open.set(position);
            resolvable.clear(position);
        }
        outcomes[position] = null;
        scored.clear(position);
    }

    private void forgetAll() {
        for (int i = 0; i < outcomes.length; i++) {
            forget(i);
        }
    }

    /// What is known of the node; null for nothing.
    PreparedFilters.@Nullable Outcome outcome(int position) {
        return outcomes[position];
    }

    /// Notes a finding about a node of which nothing is known.
    void put(int position, PreparedFilters.Outcome outcome) {
        outcomes[position] = outcome;
        if (outcome.verdict() instanceof Verdict.Rejected verdict) {
            rejected.merge(outcome, 1, Integer::sum);
            open.clear(position);
            resolvable.set(position, verdict.resolvable());
        }
    }

    /// The first node from a position on that is not known to be rejected; -1 when there is none up to the
    /// end.
    int nextOpen(int from) {
        return open.nextSetBit(from);
    }

    /// How many nodes are known to be rejected, by what was said.
    Map<PreparedFilters.Outcome, Integer> rejected() {
        return rejected;
    }

    /// The rejected nodes where removing pods might help. Valid until the next change.
    BitSet resolvable() {
        return resolvable;
    }

    boolean isScored(int position) {
        return scored.get(position);
    }

    /// Of a node that is scored.
    long score(int position) {
        return scores[position];
    }

    void score(int position, long score) {
        scored.set(position);
        scores[position] = score;
    }
}
