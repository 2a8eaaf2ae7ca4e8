package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeFeatures;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerPort;
import io.gantry.api.core.v1.pod.NodeFeatureNeeds;
import io.gantry.api.core.v1.pod.NodeRequirements;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodExtendedResourceClaimStatus;
import io.gantry.api.core.v1.pod.PodOS;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.core.v1.pod.PodSecurityContext;
import io.gantry.api.core.v1.pod.Tolerations;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.spec.Security;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Whether the node takes a pod that was bound to it, be it past the scheduler (upstream
/// `pkg/kubelet/lifecycle`): a pod for which there is no room, which does not want this node, or whose host
/// port is taken, fails at once. Pure.
final class PodAdmission {
    private static final String PODS = "pods";
    private static final List<String> COUNTED = List.of("cpu", "memory", "ephemeral-storage");
    private static final int SYSTEM_CRITICAL = 2_000_000_000;

    private PodAdmission() {}

    /// Why the pod is refused.
    ///
    /// @param others the node's other pods that have not ended
    /// @param node empty where nobody knows its labels and taints
    static Optional<PodStatusPlan.Ending> refusal(
            Pod pod, List<Pod> others, Optional<Node> node, Map<String, Quantity> allocatable, AllowedSysctls sysctls) {
        if (!isNew(pod)) {
            return Optional.empty();
        }
        return ofOtherSystem(pod)
                .or(() -> strictGroups(pod, node))
                .or(() -> tooMuch(pod, others, allocatable))
                .or(() -> node.flatMap(here -> unselected(pod, here)))
                .or(() -> portTaken(pod, others))
                .or(() -> node.flatMap(here -> repelled(pod, here)))
                .or(() -> sysctls.refusal(pod))
                .or(() -> lacksFeatures(pod));
    }

    /// The node whose labels and taints count for a new pod: as it was seen last where it suits the pod,
    /// else as it is now.
    static Optional<Node> nodeFor(Pod pod, NodeFacts facts) {
        Optional<Node> seen = facts.seen();
        boolean suits = seen.isPresent()
                && unselected(pod, seen.get()).isEmpty()
                && repelled(pod, seen.get()).isEmpty();
        return suits || !isNew(pod) ? seen : facts.now();
    }

    private static Optional<PodStatusPlan.Ending> unselected(Pod pod, Node node) {
        return NodeRequirements.hold(pod.spec(), node)
                ? Optional.empty()
                : Optional.of(failed("NodeAffinity", "node(s) didn't match Pod's node affinity/selector"));
    }

    private static Optional<PodStatusPlan.Ending> repelled(Pod pod, Node node) {
        return node.spec().taints().stream()
                        .filter(taint -> taint.effect().equals("NoExecute"))
                        .allMatch(taint -> Tolerations.tolerate(pod.spec().tolerations(), taint))
                ? Optional.empty()
                : Optional.of(failed("TaintToleration", "node(s) had taints that the pod didn't tolerate"));
    }

    private static PodStatusPlan.Ending failed(String predicate, String why) {
        return ending(predicate, "Predicate " + predicate + " failed: " + why);
    }

    private static Optional<PodStatusPlan.Ending> ofOtherSystem(Pod pod) {
        PodOS system = pod.spec().os();
        return system == null || "linux".equals(system.name())
                ? Optional.empty()
                : Optional.of(ending("PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS"));
    }

    /// Upstream refuses a pod that must not get the groups of its image where the runtime cannot keep them from it.
    private static Optional<PodStatusPlan.Ending> strictGroups(Pod pod, Optional<Node> node) {
        PodSecurityContext security = pod.spec().securityContext();
        boolean strict = security != null && Security.isStrict(security);
        boolean supported = node.map(here -> here.status().features())
                .map(NodeFeatures::supplementalGroupsPolicy)
                .orElse(false);
        return !strict || supported
                ? Optional.empty()
                : Optional.of(ending(
                        "SupplementalGroupsPolicyNotSupported",
                        "SupplementalGroupsPolicy=Strict is not supported in this node"));
    }

    private static Optional<PodStatusPlan.Ending> lacksFeatures(Pod pod) {
        List<String> missing = NodeFeatureNeeds.missing(NodeFeatureNeeds.toRun(pod.spec()), NodeFeatureNeeds.MET);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(ending(
                        "PodFeatureUnsupported",
                        "Pod requires node features that are not available: " + String.join(", ", missing)));
    }

    /// A pod that the kubelet has reported on was admitted once; so was what its own files say.
    private static boolean isNew(Pod pod) {
        String source = pod.metadata().annotations().getOrDefault("kubernetes.io/config.source", "api");
        return pod.status().startTime() == null
                && pod.metadata().deletionTimestamp() == null
                && !PodStatusPlan.isTerminal(pod.status().phase())
                && source.equals("api");
    }

    private static Optional<PodStatusPlan.Ending> tooMuch(
            Pod pod, List<Pod> others, Map<String, Quantity> allocatable) {
        Integer priority = pod.spec().priority();
        if (priority != null && priority >= SYSTEM_CRITICAL) {
            return Optional.empty();
        }
        Quantity places = allocatable.get(PODS);
        if (places != null && others.size() + 1 > places.value()) {
            return Optional.of(outOf(PODS, 1, others.size(), places.value()));
        }
        Map<String, Quantity> used = new HashMap<>();
        others.forEach(other -> PodResources.addAll(used, PodResources.requests(other)));
        Map<String, Quantity> asked = PodResources.requests(pod);
        for (String resource : counted(pod, asked)) {
            Quantity capacity = allocatable.get(resource);
            Quantity amount = asked.getOrDefault(resource, Quantity.ZERO);
            Quantity taken = used.getOrDefault(resource, Quantity.ZERO);
            if (capacity != null
                    && amount.compareTo(Quantity.ZERO) > 0
                    && taken.plus(amount).compareTo(capacity) > 0) {
                return Optional.of(
                        outOf(resource, shown(resource, amount), shown(resource, taken), shown(resource, capacity)));
            }
        }
        return Optional.empty();
    }

    /// What the node may run out of: after the usual ones those that its status names beside plugins', unless a claim
    /// stands for them. What the node does not know is counted by others.
    private static List<String> counted(Pod pod, Map<String, Quantity> asked) {
        PodExtendedResourceClaimStatus claimed = pod.status().extendedResourceClaimStatus();
        Stream<String> others = asked.keySet().stream()
                .filter(resource -> !COUNTED.contains(resource) && !resource.equals(PODS))
                .filter(resource -> claimed == null
                        || claimed.requestMappings().stream()
                                .noneMatch(mapping -> resource.equals(mapping.resourceName())))
                .sorted();
        return Stream.concat(COUNTED.stream(), others).toList();
    }

    private static PodStatusPlan.Ending outOf(String resource, long requested, long used, long capacity) {
        return ending(
                "OutOf" + resource,
                "Node didn't have enough resource: " + resource + ", requested: " + requested + ", used: " + used
                        + ", capacity: " + capacity);
    }

    private static Optional<PodStatusPlan.Ending> portTaken(Pod pod, List<Pod> others) {
        List<ContainerPort> wanted = hostPorts(pod).toList();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<ContainerPort> taken = new ArrayList<>();
        others.forEach(other -> hostPorts(other).forEach(taken::add));
        boolean conflict = wanted.stream().anyMatch(port -> taken.stream().anyMatch(other -> conflict(port, other)));
        return conflict
                ? Optional.of(failed("NodePorts", "node(s) didn't have free ports for the requested pod ports"))
                : Optional.empty();
    }

    private static Stream<ContainerPort> hostPorts(Pod pod) {
        Stream<Container> running = Stream.concat(
                pod.spec().containers().stream(),
                pod.spec().initContainers().stream().filter(PodResources::isSidecar));
        return running.flatMap(container -> container.ports().stream())
                .filter(port -> port.hostPort() != null && port.hostPort() > 0);
    }

    private static boolean conflict(ContainerPort a, ContainerPort b) {
        return Objects.equals(a.hostPort(), b.hostPort())
                && Objects.requireNonNullElse(a.protocol(), "TCP")
                        .equals(Objects.requireNonNullElse(b.protocol(), "TCP"))
                && (everywhere(a.hostIP()) || everywhere(b.hostIP()) || Objects.equals(a.hostIP(), b.hostIP()));
    }

    private static boolean everywhere(@Nullable String address) {
        return address == null || address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
    }

    private static PodStatusPlan.Ending ending(String reason, String message) {
        return new PodStatusPlan.Ending(reason, message);
    }

    private static long shown(String resource, Quantity quantity) {
        return resource.equals("cpu") ? quantity.milliValue() : quantity.value();
    }
}
