package io.gantry.scheduler.cycle;

import io.gantry.scheduler.extender.Extenders;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Finds the pods whose removal would make room for a pod of higher priority. What was found on a node
/// holds for pods of the same shape until something changes there, so that a further pod costs little more
/// than the choice among the candidates. Owned by the scheduling thread.
public final class DefaultPreemption implements PostFilterPlugin {
    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";

    private final Nominations nominations;
    private final RandomGenerator random;
    private final Supplier<DisruptionBudgets> budgets;
    private final PreemptionArgs args;
    private final Extenders extenders;
    private final ShapeMemory<CandidateTable> memory = new ShapeMemory<>(CandidateTable::new);

    /// Without extenders.
    DefaultPreemption(
            Nominations nominations, RandomGenerator random, Supplier<DisruptionBudgets> budgets, PreemptionArgs args) {
        this(nominations, random, budgets, args, Extenders.NONE);
    }

    /// @param random decides with which node the look for candidates begins
    /// @param extenders may take candidates away
    public DefaultPreemption(
            Nominations nominations,
            RandomGenerator random,
            Supplier<DisruptionBudgets> budgets,
            PreemptionArgs args,
            Extenders extenders) {
        this.extenders = extenders;
        this.nominations = nominations;
        this.random = random;
        this.budgets = budgets;
        this.args = args;
    }

    @Override
    public String name() {
        return "DefaultPreemption";
    }

    @Override
    public Result postFilter(PodInfo pod, Snapshot snapshot, Failed failed) {
        Optional<String> ineligible = ineligible(pod, snapshot);
        if (ineligible.isPresent()) {
            return Result.nothing("preemption: " + ineligible.get(), false);
        }
        Look look = new Look(pod, snapshot, failed);
        int start = random.nextInt(Math.max(1, snapshot.size()));
        Candidate.Room cheapest = look.cheapest(start, extenders.preempts(pod));
        return cheapest == null
                ? Result.nothing("preemption: " + look.message(), true)
                : Result.promise(cheapest.node(), cheapest.victims());
    }

    private Optional<String> ineligible(PodInfo pod, Snapshot snapshot) {
        if ("Never".equals(pod.pod().spec().preemptionPolicy())) {
            return Optional.of("not eligible due to preemptionPolicy=Never.");
        }
        String nominated = nominations
                .nodeOf(pod)
                .orElse(Objects.requireNonNullElse(pod.pod().status().nominatedNodeName(), ""));
        boolean leaving = snapshot.node(nominated).stream()
                .flatMap(node -> node.pods().stream())
                .anyMatch(other -> other.terminating() && other.priority() < pod.priority());
        return leaving ? Optional.of("not eligible due to a terminating pod on the nominated node.") : Optional.empty();
    }

    /// One pod's look at the nodes where preemption may help.
    private final class Look {
        private final PodInfo pod;
        private final Snapshot snapshot;
        private final BitSet potential;
        private final CandidateTable table;
        private final DryRun dryRun;

        Look(PodInfo pod, Snapshot snapshot, Failed failed) {
            this.pod = pod;
            this.snapshot = snapshot;
            this.potential = failed.resolvable();
            this.table = failed.isLocal() ? memory.of(pod, snapshot) : new CandidateTable(snapshot.size());
            DisruptionBudgets now = budgets.get();
            table.follow(snapshot, nominations, now);
            nominations
                    .nodeOf(pod)
                    .map(snapshot::positionOf)
                    .filter(at -> at >= 0)
                    .ifPresent(table::forget);
            this.dryRun = new DryRun(pod, failed, nominations, now);
        }

        /// The cheapest of the first candidates from a position on, as many as are enough; null when there
        /// is none.
        ///
        /// @param asksExtenders whether those take candidates away
        Candidate.@Nullable Room cheapest(int start, boolean asksExtenders) {
            List<Candidate.Room> rooms = asksExtenders ? new ArrayList<>() : List.of();
            BitSet open = (BitSet) potential.clone();
            open.andNot(table.hopeless());
            int left = args.enough(potential.cardinality());
            Candidate.Room best = null;
            int at = open.nextSetBit(start);
            boolean wrapped = at < 0;
            at = wrapped ? open.nextSetBit(0) : at;
            while (at >= 0 && left > 0 && !(wrapped && at >= start)) {
                if (tried(at) instanceof Candidate.Room room) {
                    best = best == null || room.compareTo(best) < 0 ? room : best;
                    left--;
                    if (asksExtenders) {
                        rooms.add(room);
                    }
                }
                at = open.nextSetBit(at + 1);
                if (at < 0 && !wrapped) {
                    wrapped = true;
                    at = open.nextSetBit(0);
                }
            }
            return rooms.isEmpty() ? best : agreed(rooms);
        }

        private Candidate.@Nullable Room agreed(List<Candidate.Room> rooms) {
            Map<String, Extenders.Victims> offered = new LinkedHashMap<>();
            rooms.forEach(room -> offered.put(room.node(), new Extenders.Victims(room.victims(), room.broken())));
            return extenders.preempt(pod, offered).entrySet().stream()
                    .filter(each -> !each.getValue().pods().isEmpty())
                    .map(each -> Candidate.Room.of(
                            each.getKey(),
                            each.getValue().pods(),
                            each.getValue().violations()))
                    .min(Comparator.naturalOrder())
                    .orElse(null);
        }

        private Candidate tried(int position) {
            Candidate known = table.candidate(position);
            if (known == null) {
                NodeInfo node = snapshot.nodes().get(position);
                known = dryRun.on(node);
                table.put(position, known);
            }
            return known;
        }

        /// Why there is no candidate.
        String message() {
            Map<String, Integer> counts = new TreeMap<>();
            int others = snapshot.size() - potential.cardinality();
            if (others > 0) {
                counts.put(NOT_HELPFUL, others);
            }
            Candidate last = null;
            int same = 0;
            for (int at = potential.nextSetBit(0); at >= 0; at = potential.nextSetBit(at + 1)) {
                Candidate here = table.candidate(at);
                if (!Objects.equals(here, last)) {
                    count(last, same, counts);
                    last = here;
                    same = 0;
                }
                same++;
            }
            count(last, same, counts);
            return Diagnosis.counted(snapshot.size(), counts);
        }

        private static void count(@Nullable Candidate candidate, int nodes, Map<String, Integer> counts) {
            if (candidate instanceof Candidate.None none) {
                none.verdict().reasons().forEach(reason -> counts.merge(reason, nodes, Integer::sum));
            }
        }
    }
}
