package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Why no node would do.
///
/// @param nodes how many nodes there are
/// @param rejectedAll a reason that holds for every node, if there is one
/// @param reasons for how many nodes each reason was given
/// @param plugins names of the plugins that rejected
public record Diagnosis(int nodes, Optional<String> rejectedAll, Map<String, Integer> reasons, Set<String> plugins) {
    public Diagnosis {
        reasons = new TreeMap<>(reasons);
        plugins = Set.copyOf(plugins);
    }

    /// A plugin rejected every node.
    static Diagnosis ofAll(int nodes, String plugin, String reason) {
        return new Diagnosis(nodes, Optional.of(reason), Map.of(), Set.of(plugin));
    }

    /// From how many nodes each rejection met.
    static Diagnosis of(int nodes, Map<PreparedFilters.Outcome, Integer> rejected) {
        Map<String, Integer> reasons = new TreeMap<>();
        Set<String> plugins = new HashSet<>();
        rejected.forEach((outcome, count) -> {
            plugins.add(outcome.plugin());
            if (outcome.verdict() instanceof Verdict.Rejected verdict) {
                verdict.reasons().forEach(reason -> reasons.merge(reason, count, Integer::sum));
            }
        });
        return new Diagnosis(nodes, Optional.empty(), reasons, plugins);
    }

    /// A plugin took back the one node that was chosen.
    public static Diagnosis ofChosen(String plugin, List<String> reasons) {
        Map<String, Integer> counts = new TreeMap<>();
        reasons.forEach(reason -> counts.put(reason, 1));
        return new Diagnosis(1, Optional.empty(), counts, Set.of(plugin));
    }

    /// The first part of the message of `FailedScheduling`, in upstream's form: `0/3 nodes are
    /// available: 1 node(s) were unschedulable, 2 Insufficient cpu.`
    public String message() {
        if (nodes == 0) {
            return "no nodes available to schedule pods";
        }
        if (rejectedAll.isPresent()) {
            return "0/" + nodes + " nodes are available: " + rejectedAll.get() + ".";
        }
        return counted(nodes, reasons);
    }

    /// `0/3 nodes are available: 2 reason one, 1 reason two.` sorted as text.
    static String counted(int nodes, Map<String, Integer> counts) {
        List<String> texts = new ArrayList<>();
        counts.forEach((reason, count) -> texts.add(count + " " + reason));
        texts.sort(null);
        String head = "0/" + nodes + " nodes are available:";
        return texts.isEmpty() ? head : head + " " + String.join(", ", texts) + ".";
    }
}
