package io.gantry.controllermanager.daemonset;

import static io.gantry.controllermanager.common.Fields.nonZero;
import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;
import static io.gantry.controllermanager.common.Fields.time;

import io.gantry.api.apps.v1.daemonset.DaemonSet;
import io.gantry.api.apps.v1.daemonset.DaemonSetStatus;
import io.gantry.api.apps.v1.daemonset.DaemonSetUpdateStrategy;
import io.gantry.api.apps.v1.daemonset.RollingUpdateDaemonSet;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.Taint;
import io.gantry.api.core.v1.pod.Affinity;
import io.gantry.api.core.v1.pod.NodeAffinity;
import io.gantry.api.core.v1.pod.NodeRequirements;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.core.v1.pod.NodeSelectorTerm;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodSpec;
import io.gantry.api.core.v1.pod.Toleration;
import io.gantry.api.core.v1.pod.Tolerations;
import io.gantry.api.resource.IntOrString;
import io.gantry.controllermanager.common.Pods;
import io.gantry.controllermanager.history.Revisions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which nodes get a daemon pod and which pods go (upstream `pkg/controller/daemon`).
///
/// @param creations names of the nodes that get one
/// @param deletions pods that go
/// @param failed those of them that had failed
record DaemonSetPlan(List<String> creations, List<Pod> deletions, List<Pod> failed, DaemonSetStatus status) {

    /// @param pods the set's pods
    /// @param hash of the current template
    static DaemonSetPlan of(DaemonSet set, List<Node> nodes, List<Pod> pods, String hash, Instant now) {
        return new Planner(set, nodes, pods, hash, now).plan();
    }

    /// The node that a pod is on, or is meant for.
    static String nodeOf(Pod pod) {
        String assigned = text(pod.spec().nodeName());
        Affinity affinity = pod.spec().affinity();
        if (!assigned.isEmpty() || affinity == null || affinity.nodeAffinity() == null) {
            return assigned;
        }
        NodeAffinity node = affinity.nodeAffinity();
        NodeSelector required = node.requiredDuringSchedulingIgnoredDuringExecution();
        if (required == null) {
            return "";
        }
        return required.nodeSelectorTerms().stream()
                .map(NodeSelectorTerm::matchFields)
                .flatMap(List::stream)
                .filter(r -> r.key().equals("metadata.name") && r.values().size() == 1)
                .map(r -> r.values().getFirst())
                .findFirst()
                .orElse("");
    }

    private static final class Planner {
        private final DaemonSet set;
        private final List<Node> nodes;
        private final String hash;
        private final Instant now;
        private final Map<String, List<Pod>> byNode = new LinkedHashMap<>();
        private final List<String> creations = new ArrayList<>();
        private final List<Pod> deletions = new ArrayList<>();
        private final List<Pod> failed = new ArrayList<>();

        Planner(DaemonSet set, List<Node> nodes, List<Pod> pods, String hash, Instant now) {
            this.set = set;
            this.nodes = nodes;
            this.hash = hash;
            this.now = now;
            for (Pod pod : pods) {
                byNode.computeIfAbsent(nodeOf(pod), n -> new ArrayList<>()).add(pod);
            }
        }

        DaemonSetPlan plan() {
            nodes.forEach(this::place);
            abandon();
            if (isRolling()) {
                update();
            }
            return new DaemonSetPlan(creations, deletions, failed, status());
        }

        private List<Pod> on(Node node) {
            return byNode.getOrDefault(text(node.metadata().name()), List.of());
        }

        private boolean shouldRun(Node node) {
            return isSelected(node) && untolerated(node).isEmpty();
        }

        private boolean mayStay(Node node) {
            return isSelected(node)
                    && untolerated(node).stream().noneMatch(t -> t.effect().equals("NoExecute"));
        }

        private boolean isSelected(Node node) {
            PodSpec spec = set.spec().template().spec();
            String pinned = text(spec.nodeName());
            return (pinned.isEmpty() || pinned.equals(node.metadata().name())) && NodeRequirements.hold(spec, node);
        }

        private List<Taint> untolerated(Node node) {
            List<Toleration> tolerations =
                    DaemonTolerations.of(set.spec().template().spec());
            return node.spec().taints().stream()
                    .filter(t -> !t.effect().equals("PreferNoSchedule"))
                    .filter(t -> !Tolerations.tolerate(tolerations, t))
                    .toList();
        }

        /// One pod on a node that should have one; none where it may not stay.
        private void place(Node node) {
            List<Pod> here = on(node);
            if (!mayStay(node)) {
                here.stream().filter(p -> !Pods.isTerminating(p)).forEach(deletions::add);
                return;
            }
            if (here.isEmpty()) {
                if (shouldRun(node)) {
                    creations.add(text(node.metadata().name()));
                }
                return;
            }
            List<Pod> alive = new ArrayList<>();
            for (Pod pod : here) {
                if (Pods.isTerminating(pod)) {
                    continue;
                }
                if (Pods.isFinished(pod)) {
                    failed.add(pod);
                    deletions.add(pod);
                } else {
                    alive.add(pod);
                }
            }
            if (maxSurge() == 0) {
                alive.stream().sorted(OLDEST_FIRST).skip(1).forEach(deletions::add);
            } else if (alive.isEmpty() && shouldRun(node)) {
                creations.add(text(node.metadata().name()));
            } else {
                pruneSurge(alive);
            }
        }

        /// With a surge two may be there: the oldest of the current revision, and the oldest of another one as long as
        /// that is ready and the other not available.
        private void pruneSurge(List<Pod> alive) {
            List<Pod> oldestFirst = alive.stream().sorted(OLDEST_FIRST).toList();
            List<Pod> fresh = oldestFirst.stream().filter(this::isCurrent).toList();
            List<Pod> old = oldestFirst.stream().filter(p -> !isCurrent(p)).toList();
            fresh.stream().skip(1).forEach(deletions::add);
            old.stream().skip(1).forEach(deletions::add);
            if (!fresh.isEmpty()
                    && !old.isEmpty()
                    && (!Pods.isReady(old.getFirst()) || isAvailable(fresh.getFirst()))) {
                deletions.add(old.getFirst());
            }
        }

        /// Pods that wait to be scheduled to a node that is gone would wait for ever.
        private void abandon() {
            Set<String> present =
                    nodes.stream().map(n -> text(n.metadata().name())).collect(Collectors.toSet());
            byNode.forEach((node, pods) -> {
                if (!present.contains(node)) {
                    pods.stream()
                            .filter(p -> !Pods.isAssigned(p) && !Pods.isTerminating(p))
                            .forEach(deletions::add);
                }
            });
        }

        private static final Comparator<Pod> OLDEST_FIRST = Comparator.comparing(Pods::isAssigned)
                .reversed()
                .thenComparing(p -> time(p.metadata().creationTimestamp()))
                .thenComparing(p -> text(p.metadata().name()));

        private void update() {
            if (maxSurge() > 0) {
                surge();
            } else {
                replace();
            }
        }

        /// Old pods go, as many as may be unavailable; those that are unavailable anyway go at once.
        private void replace() {
            int unavailable = 0;
            List<Pod> candidates = new ArrayList<>();
            for (Node node : nodes) {
                if (!shouldRun(node)) {
                    continue;
                }
                Pod old = find(node, false);
                Pod fresh = find(node, true);
                if (old == null) {
                    unavailable += fresh != null && isAvailable(fresh) ? 0 : 1;
                } else if (fresh != null) {
                    unavailable++;
                } else if (!isAvailable(old)) {
                    unavailable++;
                    addOnce(old);
                } else {
                    candidates.add(old);
                }
            }
            candidates.stream()
                    .limit(Math.max(0, maxUnavailable() - unavailable))
                    .forEach(this::addOnce);
        }

        /// New pods come beside the old ones; where the old one is unavailable that costs nothing.
        private void surge() {
            int surging = 0;
            List<String> candidates = new ArrayList<>();
            for (Node node : nodes) {
                Pod old = find(node, false);
                Pod fresh = find(node, true);
                if (!shouldRun(node) || old == null) {
                    continue;
                }
                String name = text(node.metadata().name());
                if (fresh == null && isAvailable(old)) {
                    candidates.add(name);
                } else if (fresh == null) {
                    creations.add(name);
                } else if (!isAvailable(old) || isAvailable(fresh)) {
                    addOnce(old);
                } else {
                    surging++;
                }
            }
            candidates.stream().limit(Math.max(0, maxSurge() - surging)).forEach(creations::add);
        }

        private void addOnce(Pod pod) {
            if (!deletions.contains(pod)) {
                deletions.add(pod);
            }
        }

        private @Nullable Pod find(Node node, boolean current) {
            return on(node).stream()
                    .filter(p -> Pods.isActive(p) && isCurrent(p) == current)
                    .findFirst()
                    .orElse(null);
        }

        private boolean isCurrent(Pod pod) {
            return hash.equals(pod.metadata().labels().get(Revisions.HASH));
        }

        private boolean isAvailable(Pod pod) {
            return Pods.isAvailable(pod, number(set.spec().minReadySeconds()), now);
        }

        private boolean isRolling() {
            DaemonSetUpdateStrategy strategy = set.spec().updateStrategy();
            return strategy == null || !text(strategy.type()).equals("OnDelete");
        }

        private int maxUnavailable() {
            RollingUpdateDaemonSet rolling = rolling();
            IntOrString given =
                    rolling == null || rolling.maxUnavailable() == null ? IntOrString.of(1) : rolling.maxUnavailable();
            return given.scaled(desired(), true);
        }

        private int maxSurge() {
            RollingUpdateDaemonSet rolling = rolling();
            return !isRolling() || rolling == null || rolling.maxSurge() == null
                    ? 0
                    : rolling.maxSurge().scaled(desired(), true);
        }

        private @Nullable RollingUpdateDaemonSet rolling() {
            DaemonSetUpdateStrategy strategy = set.spec().updateStrategy();
            return strategy == null ? null : strategy.rollingUpdate();
        }

        private int desired() {
            return (int) nodes.stream().filter(this::shouldRun).count();
        }

        private DaemonSetStatus status() {
            int scheduled = 0;
            int misscheduled = 0;
            int ready = 0;
            int available = 0;
            int updated = 0;
            int desired = desired();
            for (Node node : nodes) {
                List<Pod> here = on(node);
                if (here.isEmpty()) {
                    continue;
                }
                if (!shouldRun(node)) {
                    misscheduled++;
                    continue;
                }
                scheduled++;
                Pod oldest = here.stream().min(OLDEST_FIRST).orElseThrow();
                ready += Pods.isReady(oldest) ? 1 : 0;
                available += isAvailable(oldest) ? 1 : 0;
                updated += isCurrent(oldest) ? 1 : 0;
            }
            return new DaemonSetStatus(
                    scheduled,
                    misscheduled,
                    desired,
                    ready,
                    nonZero(number(set.metadata().generation())),
                    nonZero(updated),
                    nonZero(available),
                    nonZero(desired - available),
                    set.status().collisionCount(),
                    set.status().conditions());
        }
    }
}
