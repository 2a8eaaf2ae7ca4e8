package io.gantry.apiserver.service;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The node ports and which protocols of them are taken by whom. Not thread-safe.
final class PortRange {
    private static final int MIN_STATIC = 16;
    private static final int MAX_STATIC = 128;

    private final int first;
    private final int size;
    private final Map<Integer, Integer> uses = new HashMap<>();

    private PortRange(int first, int size) {
        this.first = first;
        this.size = size;
    }

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

    boolean isTaken(int port) {
        return uses.containsKey(port);
    }

    void take(int port) {
        uses.merge(port, 1, Integer::sum);
    }

    void free(int port) {
        uses.computeIfPresent(port, (p, count) -> count > 1 ? count - 1 : null);
    }

    /// A free port, from the upper part first; empty when all are taken.
    Optional<Integer> next(RandomGenerator random) {
        int reserved = Math.min(Math.min(Math.max(MIN_STATIC, size / 32), MAX_STATIC), size / 2);
        int start = reserved + random.nextInt(Math.max(1, size - reserved));
        for (int i = 0; i < size; i++) {
            int port = first + (start + i) % size;
            if (!isTaken(port)) {
                take(port);
                return Optional.of(port);
            }
        }
        return Optional.empty();
    }
}
