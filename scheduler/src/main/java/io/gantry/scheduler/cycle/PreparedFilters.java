package io.gantry.scheduler.cycle;

import io.gantry.scheduler.framework.Preparation;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The filters that have something to say about one pod, prepared for one snapshot.
public final class PreparedFilters {
    private final Set<String> restricting = new TreeSet<>();
    private final List<Named> local = new ArrayList<>();
    private final List<Named> global = new ArrayList<>();
    private Optional<Set<String>> onlyNodes = Optional.empty();
    private Optional<Refusal> refusal = Optional.empty();
    private boolean afresh;

    private record Named(String plugin, Preparation.NodeFilter filter) {}

    /// A plugin's refusal of every node.
    record Refusal(String plugin, String reason) {}

    /// A plugin's verdict on one node.
    record Outcome(String plugin, Verdict verdict) {
        static final Outcome FITS = new Outcome("", Verdict.FITS);

        boolean rejects() {
            return verdict instanceof Verdict.Rejected;
        }
    }

    static PreparedFilters prepare(List<Profile.PreparedBy> plugins, PodInfo pod, Snapshot snapshot) {
        PreparedFilters prepared = new PreparedFilters();
        for (Profile.PreparedBy each : plugins) {
            prepared.add(each, each.plugin().prepare(pod, snapshot));
            if (prepared.refusal.isPresent()) {
                break;
            }
        }
        return prepared;
    }

    private void add(Profile.PreparedBy by, Preparation preparation) {
        String plugin = by.plugin().name();
        List<Named> filters = by.checksNodes() ? (by.plugin().isLocal() ? local : global) : new ArrayList<>();
        switch (preparation) {
            case Preparation.Skip _ -> {}
            case Preparation.RejectAll(String reason) -> refusal = Optional.of(new Refusal(plugin, reason));
            case Preparation.EachNode(Preparation.NodeFilter filter) -> filters.add(new Named(plugin, filter));
            case Preparation.Afresh(Preparation.NodeFilter filter) -> {
                (by.checksNodes() ? global : filters).add(new Named(plugin, filter));
                afresh = true;
            }
            case Preparation.OnlyNodes(Set<String> names, Preparation.NodeFilter filter) -> {
                filters.add(new Named(plugin, filter));
                Set<String> both = new HashSet<>(names);
                onlyNodes.ifPresent(both::retainAll);
                onlyNodes = Optional.of(both);
                restricting.add(plugin);
            }
        }
    }

    Optional<Refusal> refusal() {
        return refusal;
    }

    /// The plugins that know the only nodes that can do, sorted.
    Set<String> restricting() {
        return restricting;
    }

    /// The only nodes that can do, where plugins know them beforehand.
    Optional<Set<String>> onlyNodes() {
        return onlyNodes;
    }

    /// Whether findings hold for this cycle alone.
    boolean isAfresh() {
        return afresh;
    }

    /// Whether nothing is looked at but the pod and each node by itself.
    boolean isLocal() {
        return global.isEmpty();
    }

    /// The first rejection by what looks at the pod and the node alone, or [Outcome#FITS].
    Outcome checkLocally(NodeInfo node) {
        return check(local, node);
    }

    /// The first rejection by what looks around, or [Outcome#FITS].
    Outcome checkAround(NodeInfo node) {
        return check(global, node);
    }

    private static Outcome check(List<Named> filters, NodeInfo node) {
        for (Named named : filters) {
            Verdict verdict = named.filter.check(node);
            if (verdict instanceof Verdict.Rejected) {
                return new Outcome(named.plugin, verdict);
            }
        }
        return Outcome.FITS;
    }

    /// The first rejection of a node as it would be with other pods on it.
    Outcome check(NodeInfo changed, NodeInfo asIs) {
        Outcome locally = check(local, changed, asIs);
        return locally.verdict() instanceof Verdict.Fits ? check(global, changed, asIs) : locally;
    }

    /// As [#check], by what looks around alone.
    Outcome checkAround(NodeInfo changed, NodeInfo asIs) {
        return check(global, changed, asIs);
    }

    private static Outcome check(List<Named> filters, NodeInfo changed, NodeInfo asIs) {
        for (Named named : filters) {
            Verdict verdict = named.filter.check(changed, asIs);
            if (verdict instanceof Verdict.Rejected) {
                return new Outcome(named.plugin, verdict);
            }
        }
        return Outcome.FITS;
    }
}
