package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Why no node would do.
///
/// @param nodes how many nodes there are
/// @param rejectedAll a reason that holds for every node, if there is one
/// @param rejections the verdict on each node that was looked at
/// @param plugins names of the plugins that rejected
public record Diagnosis(
        int nodes, Optional<String> rejectedAll, Map<String, Verdict.Rejected> rejections, Set<String> plugins) {
    /// The first part of the message of `FailedScheduling`, in upstream's form:
    /// `0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.`
    public String message() {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        String head = "0/" + nodes + " nodes are available";
        if (rejectedAll.isPresent()) {
            return head + ": " + rejectedAll.get() + ".";
        }
        return head
                + counted(rejections.values().stream()
                        .map(Verdict.Rejected::reasons)
                        .toList());
    }

    /// `: 2 reason one, 1 reason two.` sorted as text; `.` when there are none.
    static String counted(Collection<List<String>> reasonsOfNodes) {
        Map<String, Integer> counts = new TreeMap<>();
        reasonsOfNodes.forEach(reasons -> reasons.forEach(reason -> counts.merge(reason, 1, Integer::sum)));
        String list = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "." : ": " + list + ".";
    }
}
