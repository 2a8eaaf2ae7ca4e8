package io.gantry.apiserver.service;

import java.util.BitSet;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The node ports. Immutable.
///
/// @param first the lowest port
/// @param size how many there are
record PortRange(int first, int size) {
    private static final int MIN_STATIC = 16;
    private static final int MAX_STATIC = 128;

    /// @param range e.g. `30000-32767`
    static PortRange parse(String range) {
        String[] ends = range.split("-");
        try {
            int low = Integer.parseInt(ends[0]);
            int high = Integer.parseInt(ends[1]);
            if (ends.length == 2 && low > 0 && high <= 65535 && low <= high) {
                return new PortRange(low, high - low + 1);
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("--service-node-port-range=" + range + ": not a range of ports", e);
        }
        throw new IllegalArgumentException("--service-node-port-range=" + range + ": not a range of ports");
    }

    boolean contains(int port) {
        return port >= first && port < first + size;
    }

    String text() {
        return first + "-" + (first + size - 1);
    }

    /// A free port, from the upper part first; empty when all are taken.
    ///
    /// @param taken by distance from the first
    Optional<Integer> next(BitSet taken, RandomGenerator random) {
        int reserved = Math.min(Math.min(Math.max(MIN_STATIC, size / 32), MAX_STATIC), size / 2);
        int start = reserved + random.nextInt(Math.max(1, size - reserved));
        for (int i = 0; i < size; i++) {
            int index = (start + i) % size;
            if (!taken.get(index)) {
                return Optional.of(first + index);
            }
        }
        return Optional.empty();
    }
}
