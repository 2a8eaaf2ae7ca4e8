package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Why no node would do.
///
/// @param nodes how many nodes there are
/// @param rejectedAll a reason that holds for every node, if there is one
/// @param rejections the verdict on each node by its position in the snapshot; null for one that was not
///     looked at
/// @param plugins names of the plugins that rejected
public record Diagnosis(int nodes, Optional<String> rejectedAll, Rejections rejections, Set<String> plugins) {
    public Diagnosis {
        plugins = Set.copyOf(plugins);
    }

    /// The first part of the message of `FailedScheduling`, in upstream's form: `0/3 nodes are
    /// available: 1 node(s) were unschedulable, 2 Insufficient cpu.`
    public String message() {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        String head = "0/" + nodes + " nodes are available";
        if (rejectedAll.isPresent()) {
            return head + ": " + rejectedAll.get() + ".";
        }
        return head + counted(rejections.counts());
    }

    /// `: 2 reason one, 1 reason two.` sorted as text; `.` when there are none.
    static String counted(Map<String, Integer> counts) {
        List<String> texts = new ArrayList<>();
        counts.forEach((reason, count) -> texts.add(count + " " + reason));
        texts.sort(null);
        return texts.isEmpty() ? "." : ": " + String.join(", ", texts) + ".";
    }

    /// Verdicts by position. Filled by one cycle, then only read.
    public static final class Rejections {
        private final Verdict.Rejected[] byPosition;

        Rejections(int nodes) {
            byPosition = new Verdict.Rejected[nodes];
        }

        void put(int position, Verdict.Rejected verdict) {
            byPosition[position] = verdict;
        }

        /// Whether removing pods from the node might help.
        boolean resolvable(int position) {
            Verdict.Rejected verdict = byPosition[position];
            return verdict != null && verdict.resolvable();
        }

        /// The reasons given for a node; empty for one that was not rejected.
        public List<String> reasons(int position) {
            Verdict.Rejected verdict = byPosition[position];
            return verdict == null ? List.of() : verdict.reasons();
        }

        private Map<String, Integer> counts() {
            Map<Verdict.Rejected, Integer> verdicts = new IdentityHashMap<>();
            for (Verdict.Rejected verdict : byPosition) {
                if (verdict != null) {
                    verdicts.merge(verdict, 1, Integer::sum);
                }
            }
            Map<String, Integer> counts = new TreeMap<>();
            verdicts.forEach(
                    (verdict, nodes) -> verdict.reasons().forEach(reason -> counts.merge(reason, nodes, Integer::sum)));
            return counts;
        }
    }
}
