package io.gantry.api.batch.v1.job;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Indexes as texts such as `0-3,5` (upstream `validateIndexesFormat`).
final class CompletionIndexes {
    private record Interval(int first, int last) {}

    private CompletionIndexes() {}

    /// How many indexes are named by intervals that are separated by commas and in order.
    ///
    /// @throws IllegalArgumentException in upstream's words
    static int count(String indexes, int completions) {
        int total = 0;
        int last = -1;
        for (String fragment : fragments(indexes)) {
            Interval interval = interval(fragment, completions);
            if (last >= interval.first()) {
                throw new IllegalArgumentException(
                        "non-increasing order, previous: " + last + ", current: " + interval.first());
            }
            total += interval.last() - interval.first() + 1;
            last = interval.last();
        }
        return total;
    }

    /// The first index that both name; what cannot be read names none.
    static OptionalInt overlap(String some, String others, int completions) {
        List<Interval> right = readable(others, completions);
        return readable(some, completions).stream()
                .flatMapToInt(left -> right.stream()
                        .filter(one -> left.first() <= one.last() && one.first() <= left.last())
                        .mapToInt(one -> Math.max(left.first(), one.first())))
                .min();
    }

    private static List<Interval> readable(String indexes, int completions) {
        List<Interval> intervals = new ArrayList<>();
        for (String fragment : fragments(indexes)) {
            try {
                intervals.add(interval(fragment, completions));
            } catch (IllegalArgumentException told) {
                continue; // by the rule of the form
            }
        }
        return intervals;
    }

    private static String[] fragments(String indexes) {
        return indexes.isEmpty() ? new String[0] : indexes.split(",", -1);
    }

    private static Interval interval(String fragment, int completions) {
        String[] ends = fragment.split("-", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException("the fragment \"" + fragment
                    + "\" violates the requirement that an index interval can have at most two parts separated by"
                    + " '-'");
        }
        int first = index(ends[0], completions);
        int last = ends.length == 1 ? first : index(ends[1], completions);
        if (ends.length == 2 && first >= last) {
            throw new IllegalArgumentException("non-increasing order, previous: " + first + ", current: " + last);
        }
        return new Interval(first, last);
    }

    private static int index(String text, int completions) {
        int index;
        try {
            index = Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("cannot convert string to integer for index: \"" + text + '"', none);
        }
        if (index >= completions) {
            throw new IllegalArgumentException("too large index: \"" + text + '"');
        }
        return index;
    }
}
