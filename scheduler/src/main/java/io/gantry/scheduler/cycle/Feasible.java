package io.gantry.scheduler.cycle;

import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/// Nodes of a snapshot by their positions: a node that nobody asks for is not fetched from memory. Valid as long as the
/// snapshot does not change. Owned by the scheduling thread.
final class Feasible extends AbstractList<NodeInfo> implements RandomAccess {
    private final Snapshot snapshot;
    private int[] positions;
    private int size;

    Feasible(Snapshot snapshot, int expected) {
        this.snapshot = snapshot;
        this.positions = new int[Math.max(1, expected)];
    }

    void addPosition(int position) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, 2 * size);
        }
        positions[size++] = position;
    }

    /// The position of one of the nodes of a list, this or another.
    static int position(List<NodeInfo> nodes, int index) {
        return nodes instanceof Feasible feasible
                ? feasible.positions[index]
                : nodes.get(index).position();
    }

    @Override
    public NodeInfo get(int index) {
        return snapshot.nodes().get(positions[index]);
    }

    @Override
    public int size() {
        return size;
    }
}
