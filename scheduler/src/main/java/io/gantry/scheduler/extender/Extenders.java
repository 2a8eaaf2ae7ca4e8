package io.gantry.scheduler.extender;

import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All extenders, asked one after the other; each sees what the ones before it left. Calls block the caller, which is
/// the scheduling thread but for [#bind]. A pod that they reject is tried again at any event: nothing is known of what
/// would help.
public final class Extenders {
    public static final Extenders NONE = new Extenders(List.of());

    /// The name that stands for them where plugins are named.
    public static final String NAME = "Extender";

    private static final Logger LOG = LoggerFactory.getLogger(Extenders.class);

    /// Their scores go up to 10, those of plugins to 100.
    private static final int SCALE = 10;

    private final List<HttpExtender> extenders;

    private Extenders(List<HttpExtender> extenders) {
        this.extenders = extenders;
    }

    /// @throws IllegalArgumentException when a key or certificate cannot be read
    public static Extenders of(List<ExtenderConfiguration> configurations) {
        return configurations.isEmpty()
                ? NONE
                : new Extenders(configurations.stream().map(HttpExtender::new).toList());
    }

    /// The pods to be removed from a node, most important first.
    ///
    /// @param violations how many of them a disruption budget protects
    public record Victims(List<PodInfo> pods, int violations) {
        public Victims {
            pods = List.copyOf(pods);
        }
    }

    /// Told of each node that an extender rejects.
    @FunctionalInterface
    public interface Rejections {
        /// @param reason empty where it gives none
        void rejected(NodeInfo node, String reason, boolean resolvable);
    }

    public boolean isEmpty() {
        return extenders.isEmpty();
    }

    /// Extended resources that only extenders count.
    public Set<String> ignoredResources() {
        Set<String> ignored = new LinkedHashSet<>();
        extenders.forEach(extender -> ignored.addAll(extender.configuration().ignoredResources()));
        return ignored;
    }

    private List<HttpExtender> with(Function<ExtenderConfiguration, String> verb, PodInfo pod) {
        return extenders.stream()
                .filter(each -> !verb.apply(each.configuration()).isEmpty() && each.isInterested(pod))
                .toList();
    }

    /// The nodes that all leave.
    ///
    /// @throws ExtenderException when one fails that may not be ignored
    public List<NodeInfo> filter(PodInfo pod, List<NodeInfo> feasible, Rejections rejections) {
        List<NodeInfo> left = feasible;
        for (HttpExtender extender : with(ExtenderConfiguration::filterVerb, pod)) {
            if (left.isEmpty()) {
                break;
            }
            try {
                HttpExtender.Filtered filtered = extender.filter(pod, left);
                tell(left, filtered, rejections);
                left = filtered.left();
            } catch (ExtenderException e) {
                ignore(extender, e);
            }
        }
        return left;
    }

    private static void tell(List<NodeInfo> before, HttpExtender.Filtered filtered, Rejections rejections) {
        Set<String> left = new HashSet<>();
        filtered.left().forEach(node -> left.add(node.name()));
        for (NodeInfo node : before) {
            if (left.contains(node.name())) {
                continue;
            }
            String unresolvable = filtered.unresolvable().get(node.name());
            String failed = filtered.failed().get(node.name());
            if (unresolvable != null) {
                rejections.rejected(node, unresolvable, false);
            } else {
                rejections.rejected(node, failed == null ? "" : failed, failed != null);
            }
        }
    }

    /// What they add to the scores of nodes, by name. One that fails has no opinion.
    public Map<String, Long> scores(PodInfo pod, List<NodeInfo> nodes) {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (HttpExtender extender : with(ExtenderConfiguration::prioritizeVerb, pod)) {
            try {
                long weight = (long) extender.configuration().weight() * SCALE;
                extender.prioritize(pod, nodes).forEach((node, score) -> sums.merge(node, score * weight, Long::sum));
            } catch (ExtenderException e) {
                LOG.debug("no scores from {}: {}", extender.configuration().urlPrefix(), e.getMessage());
            }
        }
        return sums;
    }

    /// Whether one of them has bound the pod.
    ///
    /// @throws ExtenderException when it could not
    public boolean bind(PodInfo pod, String node) {
        Optional<HttpExtender> binder =
                with(ExtenderConfiguration::bindVerb, pod).stream().findFirst();
        binder.ifPresent(extender -> extender.bind(pod, node));
        return binder.isPresent();
    }

    /// Whether any has a say in whom to preempt for the pod.
    public boolean preempts(PodInfo pod) {
        return !with(ExtenderConfiguration::preemptVerb, pod).isEmpty();
    }

    /// The nodes where all agree to preempt.
    ///
    /// @throws ExtenderException when one fails that may not be ignored
    public Map<String, Victims> preempt(PodInfo pod, Map<String, Victims> candidates) {
        Map<String, Victims> left = candidates;
        for (HttpExtender extender : with(ExtenderConfiguration::preemptVerb, pod)) {
            if (left.isEmpty()) {
                break;
            }
            try {
                left = extender.preempt(pod, left);
            } catch (ExtenderException e) {
                ignore(extender, e);
            }
        }
        return left;
    }

    private static void ignore(HttpExtender extender, ExtenderException failure) {
        if (!extender.configuration().ignorable()) {
            throw failure;
        }
        LOG.info("going on without extender {}: {}", extender.configuration().urlPrefix(), failure.getMessage());
    }
}
