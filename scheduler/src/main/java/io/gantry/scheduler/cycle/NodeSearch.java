package io.gantry.scheduler.cycle;

import io.gantry.scheduler.extender.Extenders;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Verdict;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One cycle's look at the nodes for one pod.
final class NodeSearch implements PostFilterPlugin.Failed {
    private final PodInfo pod;
    private final PreparedFilters prepared;
    private final Snapshot snapshot;
    private final NodeTable table;
    private final Nominations nominations;
    private final int own;
    private final Map<PreparedFilters.Outcome, Integer> rejected = new HashMap<>();
    private final boolean simple;
    private BitSet resolvable;
    private PreparedFilters.Outcome last = PreparedFilters.Outcome.FITS;
    private int lastCount;

    /// @param table what is remembered of nodes for such pods, followed up
    NodeSearch(PodInfo pod, PreparedFilters prepared, Snapshot snapshot, NodeTable table, Nominations nominations) {
        this.pod = pod;
        this.prepared = prepared;
        this.snapshot = snapshot;
        this.table = table;
        this.nominations = nominations;
        this.own = nominations.nodeOf(pod).map(snapshot::positionOf).orElse(-1);
        this.resolvable = new BitSet();
        this.simple = prepared.isLocal() && !nominations.any();
        if (own >= 0) {
            table.forget(own);
        }
    }

    /// Of the nodes that plugins named beforehand; the others are rejected by those plugins.
    List<NodeInfo> named(Set<String> names) {
        List<NodeInfo> feasible = new ArrayList<>();
        int[] present = {0};
        names.stream().sorted().map(snapshot::node).flatMap(Optional::stream).forEach(node -> {
            present[0]++;
            PreparedFilters.Outcome outcome = judge(node);
            if (outcome.rejects()) {
                note(node.position(), outcome);
            } else {
                feasible.add(node);
            }
        });
        int others = snapshot.size() - present[0];
        if (others > 0) {
            Set<String> plugins = prepared.restricting();
            Verdict verdict =
                    Verdict.unresolvable("node(s) didn't satisfy plugin(s) [" + String.join(" ", plugins) + "]");
            plugins.forEach(plugin -> rejected.put(new PreparedFilters.Outcome(plugin, Verdict.FITS), others));
            rejected.put(new PreparedFilters.Outcome(plugins.iterator().next(), verdict), others);
        }
        return feasible;
    }

    /// Mostly one filter says the same of many nodes in turn.
    @SuppressWarnings("ReferenceEquality")
    private void note(int position, PreparedFilters.Outcome outcome) {
        if (outcome.verdict() != last.verdict() || !outcome.plugin().equals(last.plugin())) {
            countLast();
            last = outcome;
        }
        lastCount++;
        resolvable.set(position, outcome.verdict() instanceof Verdict.Rejected verdict && verdict.resolvable());
    }

    /// An extender rejects a node that the filters admit.
    void rejectedByExtender(NodeInfo node, String reason, boolean isResolvable) {
        List<String> reasons = reason.isEmpty() ? List.of() : List.of(reason);
        note(node.position(), new PreparedFilters.Outcome(Extenders.NAME, new Verdict.Rejected(reasons, isResolvable)));
    }

    private void countLast() {
        if (lastCount > 0) {
            rejected.merge(last, lastCount, Integer::sum);
            lastCount = 0;
        }
    }

    /// Nodes in turn from a position on until enough are feasible.
    ///
    /// @param next where the next cycle is to begin
    record Sample(Feasible feasible, int next) {}

    Sample sampled(int start, int enough) {
        int size = snapshot.size();
        Feasible feasible = new Feasible(snapshot, Math.min(size, enough));
        int looked = 0;
        int at = start;
        while (looked < size && feasible.size() < enough) {
            int position = table.nextOpen(at);
            int skipped = (position < 0 ? size : position) - at;
            if (looked + skipped >= size) {
                return new Sample(feasible, start);
            }
            looked += skipped;
            at = position < 0 ? 0 : position;
            if (position >= 0) {
                look(position, feasible);
                looked++;
                at = position + 1 == size ? 0 : position + 1;
            }
        }
        return new Sample(feasible, at);
    }

    /// A rejection that the table holds is counted there.
    @SuppressWarnings("ReferenceEquality")
    private void look(int position, Feasible feasible) {
        PreparedFilters.Outcome known = table.outcome(position);
        if (known == PreparedFilters.Outcome.FITS && simple) {
            feasible.addPosition(position);
            return;
        }
        PreparedFilters.Outcome outcome = judge(snapshot.nodes().get(position));
        if (!outcome.rejects()) {
            feasible.addPosition(position);
        } else if (outcome != table.outcome(position)) {
            note(position, outcome);
        }
    }

    /// What is remembered of nodes for such pods.
    NodeTable table() {
        return table;
    }

    boolean passes(NodeInfo node) {
        return !judge(node).rejects();
    }

    /// With the pods that were promised the node, and without them: they may go elsewhere.
    private PreparedFilters.Outcome judge(NodeInfo node) {
        List<PodInfo> promised = nominations.on(node.name());
        PreparedFilters.Outcome known = table.outcome(node.position());
        if (promised.isEmpty()) {
            PreparedFilters.Outcome locally = known == null ? remember(node, prepared.checkLocally(node)) : known;
            return locally.rejects() || prepared.isLocal() ? locally : prepared.checkAround(node);
        }
        NodeInfo filled = nominations.withNominated(node, pod);
        PreparedFilters.Outcome locally = known == null ? remember(node, prepared.checkLocally(filled)) : known;
        if (locally.rejects() || prepared.isLocal()) {
            return locally;
        }
        PreparedFilters.Outcome around = prepared.checkAround(filled, node);
        return around.rejects() ? around : prepared.checkAround(node);
    }

    /// What is found on the node promised to this very pod holds for no other.
    private PreparedFilters.Outcome remember(NodeInfo node, PreparedFilters.Outcome outcome) {
        if (node.position() != own) {
            table.put(node.position(), outcome);
        }
        return outcome;
    }

    /// After [#sampled] found none.
    Diagnosis diagnosisOfAll() {
        countLast();
        if (!rejected.isEmpty()) {
            resolvable.or(table.resolvable());
            table.rejected().forEach((outcome, count) -> rejected.merge(outcome, count, Integer::sum));
            return Diagnosis.of(snapshot.size(), rejected);
        }
        resolvable = table.resolvable();
        return Diagnosis.of(snapshot.size(), table.rejected());
    }

    /// After [#named] found none.
    Diagnosis diagnosisOfNamed() {
        countLast();
        return Diagnosis.of(snapshot.size(), rejected);
    }

    @Override
    public BitSet resolvable() {
        return resolvable;
    }

    @Override
    public Verdict check(NodeInfo changed, NodeInfo asIs) {
        return prepared.check(changed, asIs).verdict();
    }

    @Override
    public boolean isLocal() {
        return prepared.isLocal();
    }
}
