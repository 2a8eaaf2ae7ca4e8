package io.gantry.kubelet.dra;

import io.gantry.client.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/// One pod at a time prepares a claim or takes it back: a claim that two pods share is not taken from the second while
/// the first ends. Thread-safe.
final class ClaimLocks {
    private static final int STRIPES = 64;

    private final List<ReentrantLock> stripes =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toList();

    /// Runs it while no other holds any of the claims; always locked in the same order.
    void holding(Collection<ObjectKey> claims, Runnable work) {
        List<ReentrantLock> locks = claims.stream()
                .map(key -> Math.floorMod(key.hashCode(), STRIPES))
                .sorted()
                .distinct()
                .map(stripes::get)
                .toList();
        locks.forEach(ReentrantLock::lock);
        try {
            work.run();
        } finally {
            locks.reversed().forEach(ReentrantLock::unlock);
        }
    }
}
