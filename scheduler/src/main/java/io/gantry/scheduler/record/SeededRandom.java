package io.gantry.scheduler.record;

import java.util.random.RandomGenerator;

/// Random numbers (SplitMix64) whose state can be noted and set again. Owned by one thread.
public final class SeededRandom implements RandomGenerator {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    public SeededRandom(long seed) {
        this.state = seed;
    }

    /// What decides all further numbers.
    public long state() {
        return state;
    }

    /// Goes on as from a state that was noted.
    public void state(long noted) {
        state = noted;
    }

    @Override
    public long nextLong() {
        state += STEP;
        long mixed = state;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
