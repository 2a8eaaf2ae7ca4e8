package io.gantry.scheduler.cycle;

import io.gantry.scheduler.snapshot.LocalShape;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What earlier cycles found out about single nodes for pods of one shape; kept for a few shapes, as long
/// as the snapshot has the same nodes. Owned by the scheduling thread.
final class ShapeMemory<T> {
    private static final int MIN_SHAPES = 8;
    private static final int MAX_SHAPES = 64;

    /// How many findings may be kept, for all shapes together: a few megabytes.
    private static final int MAX_FINDINGS = 320_000;

    private static final float LOAD = 0.75f;

    private final IntFunction<T> fresh;
    private @Nullable Snapshot snapshot;
    private int limit = MIN_SHAPES;
    private final Map<LocalShape, T> tables = new LinkedHashMap<>(MIN_SHAPES, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<LocalShape, T> eldest) {
            return size() > limit;
        }
    };

    /// @param fresh makes an empty table for so many nodes
    ShapeMemory(IntFunction<T> fresh) {
        this.fresh = fresh;
    }

    /// The table for pods of this pod's shape.
    T of(PodInfo pod, Snapshot now) {
        if (!now.equals(snapshot)) {
            tables.clear();
            snapshot = now;
            limit = Math.clamp(MAX_FINDINGS / Math.max(1, now.size()), MIN_SHAPES, MAX_SHAPES);
        }
        return tables.computeIfAbsent(pod.localShape(), shape -> fresh.apply(now.size()));
    }
}
