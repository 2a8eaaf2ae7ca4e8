package io.gantry.controllermanager.job;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/// Sets of completion indexes as the API writes them: `1,3-5,7`.
final class Indexes {
    private Indexes() {}

    /// Parts that are no numbers are left out.
    static SortedSet<Integer> parse(String text) {
        SortedSet<Integer> indexes = new TreeSet<>();
        for (String part : text.split(",")) {
            String[] ends = part.split("-");
            try {
                int from = Integer.parseInt(ends[0]);
                int to = ends.length > 1 ? Integer.parseInt(ends[1]) : from;
                for (int i = from; i <= to; i++) {
                    indexes.add(i);
                }
            } catch (NumberFormatException e) {
                continue;
            }
        }
        return indexes;
    }

    static String format(Collection<Integer> indexes) {
        StringBuilder text = new StringBuilder();
        Integer[] sorted = new TreeSet<>(indexes).toArray(Integer[]::new);
        for (int i = 0; i < sorted.length; ) {
            int last = i;
            while (last + 1 < sorted.length && sorted[last + 1] == sorted[last] + 1) {
                last++;
            }
            text.append(text.isEmpty() ? "" : ",").append(sorted[i]);
            if (last > i) {
                text.append(last == i + 1 ? "," : "-").append(sorted[last]);
            }
            i = last + 1;
        }
        return text.toString();
    }
}
