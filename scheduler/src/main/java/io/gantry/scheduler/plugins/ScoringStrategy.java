package io.gantry.scheduler.plugins;

import io.gantry.api.decode.Arguments;
import io.gantry.scheduler.framework.ScorePlugin;
import java.util.List;
import java.util.Optional;

/// How `NodeResourcesFit` ranks nodes by what is left on them.
sealed interface ScoringStrategy {
    List<ResourceWeight> resources();

    /// The score of a node for one resource.
    ///
    /// @param requested with the pod on it; may be more than there is
    /// @param capacity more than zero
    long score(long requested, long capacity);

    /// Whether a resource that scores 0 does not count for the average.
    default boolean skipsZeros() {
        return false;
    }

    /// Prefers nodes with the most left.
    record LeastAllocated(List<ResourceWeight> resources) implements ScoringStrategy {
        @Override
        public long score(long requested, long capacity) {
            return requested > capacity ? 0 : (capacity - requested) * ScorePlugin.MAX_SCORE / capacity;
        }
    }

    /// Packs: prefers nodes with the least left.
    record MostAllocated(List<ResourceWeight> resources) implements ScoringStrategy {
        @Override
        public long score(long requested, long capacity) {
            return Math.min(requested, capacity) * ScorePlugin.MAX_SCORE / capacity;
        }
    }

    /// As a function of the share that is in use.
    record RequestedToCapacityRatio(List<ResourceWeight> resources, List<Point> shape) implements ScoringStrategy {
        private static final int FULL = 100;

        @Override
        public long score(long requested, long capacity) {
            return at(requested > capacity ? FULL : requested * FULL / capacity);
        }

        private long at(long utilization) {
            for (int i = 0; i < shape.size(); i++) {
                Point to = shape.get(i);
                if (utilization <= to.utilization) {
                    return i == 0 ? to.score : between(shape.get(i - 1), to, utilization);
                }
            }
            return shape.getLast().score;
        }

        private static long between(Point from, Point to, long utilization) {
            return from.score
                    + (to.score - from.score) * (utilization - from.utilization) / (to.utilization - from.utilization);
        }

        @Override
        public boolean skipsZeros() {
            return true;
        }
    }

    /// A point of a shape.
    ///
    /// @param utilization in percent
    /// @param score from 0 to 100 (ten times what is configured)
    record Point(long utilization, long score) {
        private static final int MAX_CONFIGURED = 10;
        private static final int MAX_UTILIZATION = 100;

        static List<Point> read(Arguments arguments) {
            List<Arguments> points = arguments.objects("shape");
            if (points.isEmpty()) {
                arguments.mistake("shape", "Required value: at least one point must be specified");
            }
            long last = -1;
            for (Arguments each : points) {
                int utilization = each.integer("utilization", 0, 0, MAX_UTILIZATION);
                if (utilization <= last) {
                    each.invalid("utilization", utilization, "values must be sorted in increasing order");
                }
                last = utilization;
            }
            return points.stream().map(Point::one).toList();
        }

        private static Point one(Arguments point) {
            int score = point.integer("score", 0, 0, MAX_CONFIGURED);
            Point read = new Point(
                    point.integer("utilization", 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
                    score * ScorePlugin.MAX_SCORE / MAX_CONFIGURED);
            point.end();
            return read;
        }
    }

    static ScoringStrategy read(Arguments arguments) {
        String type = arguments.text("type", "LeastAllocated");
        List<ResourceWeight> resources = ResourceWeight.read(arguments, false);
        Optional<Arguments> ratio = arguments.object("requestedToCapacityRatio");
        boolean byRatio = type.equals("RequestedToCapacityRatio");
        if (byRatio && ratio.isEmpty()) {
            arguments.mistake(
                    "requestedToCapacityRatio",
                    "Required value: must be specified when type is RequestedToCapacityRatio");
        } else if (!byRatio && ratio.isPresent()) {
            arguments.mistake(
                    "requestedToCapacityRatio", "Forbidden: must be nil when type is not RequestedToCapacityRatio");
        }
        List<Point> shape = ratio.map(Point::read).orElse(List.of());
        ratio.ifPresent(Arguments::end);
        arguments.end();
        return switch (type) {
            case "MostAllocated" -> new MostAllocated(resources);
            case "RequestedToCapacityRatio" -> new RequestedToCapacityRatio(resources, shape);
            case "LeastAllocated" -> new LeastAllocated(resources);
            default -> {
                arguments.mistake(
                        "type",
                        "Unsupported value: \"" + type + "\": supported values: \"LeastAllocated\", "
                                + "\"MostAllocated\", \"RequestedToCapacityRatio\"");
                yield new LeastAllocated(resources);
            }
        };
    }
}
