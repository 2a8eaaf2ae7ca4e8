package io.gantry.store.mvcc;

import java.util.ArrayDeque;
import java.util.OptionalLong;

/// Decides when to compact to which revision: remembers which revision was the newest at which time. Owned by the
/// committer's thread; reads no clock.
final class CompactionClock {
    private record Mark(long atMillis, long revision) {}

    private final Retention retention;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private long nextTickMillis;

    CompactionClock(Retention retention, long nowMillis) {
        this.retention = retention;
        this.nextTickMillis = nowMillis + retention.tickMillis();
    }

    /// When [#target] should be asked again; empty when nothing is left to compact.
    OptionalLong nextTick(long currentRevision, long compactedRevision) {
        return currentRevision > compactedRevision ? OptionalLong.of(nextTickMillis) : OptionalLong.empty();
    }

    /// The revision to compact to now; empty when there is nothing to do.
    OptionalLong target(long nowMillis, long currentRevision, long compactedRevision) {
        long target = compactedRevision;
        if (nowMillis >= nextTickMillis) {
            nextTickMillis = nowMillis + retention.tickMillis();
            marks.add(new Mark(nowMillis, currentRevision));
            while (!marks.isEmpty() && marks.peek().atMillis() + retention.age().toMillis() <= nowMillis) {
                target = Math.max(target, marks.remove().revision());
            }
        }
        if (currentRevision - compactedRevision > retention.revisions()) {
            target = Math.max(target, currentRevision - retention.revisions() / 2);
        }
        return target > compactedRevision ? OptionalLong.of(target) : OptionalLong.empty();
    }
}
