package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The restart rule `RestartAllContainers` (KEP-5532): once a container ends with an exit code that such a rule names,
/// all containers are removed, those that asked for it last, and the pod begins again in its sandbox. Pure.
final class AllRestart {
    static final String CONDITION = "AllContainersRestarting";
    static final String REASON = "RestartingAllContainers";
    static final String ACTION = "RestartAllContainers";

    private AllRestart() {}

    /// Whether a rule of the pod could ask for it.
    static boolean possible(Pod pod) {
        return Stream.concat(pod.spec().initContainers().stream(), pod.spec().containers().stream())
                .anyMatch(c -> c.restartPolicyRules().stream().anyMatch(rule -> ACTION.equals(rule.action())));
    }

    /// Whether it has begun, as the status says.
    static boolean underWay(Pod pod) {
        return pod.status().conditions().stream().anyMatch(AllRestart::holds);
    }

    private static boolean holds(PodCondition condition) {
        return condition.type().equals(CONDITION) && "True".equals(condition.status());
    }

    /// Whether it has begun or is asked for.
    static boolean wanted(Pod pod, ObservedPod observed) {
        return possible(pod) && (underWay(pod) || asked(pod, observed) || told(pod));
    }

    private static boolean asked(Pod pod, ObservedPod observed) {
        return own(pod).stream()
                .anyMatch(c -> observed.latest(c.name())
                        .filter(latest -> triggers(c.spec(), latest))
                        .isPresent());
    }

    /// An end that the API was told of, of a container that the runtime may have dropped since.
    private static boolean told(Pod pod) {
        List<ContainerStatus> statuses = new ArrayList<>(pod.status().initContainerStatuses());
        statuses.addAll(pod.status().containerStatuses());
        return statuses.stream()
                .anyMatch(status -> PodContainer.find(pod, status.name())
                        .flatMap(c -> PodPhase.exitCode(status.state())
                                .filter(code -> RestartDecision.restartsAll(c.spec(), code)))
                        .isPresent());
    }

    private static boolean triggers(Container spec, RuntimeContainer container) {
        return container.state() == RunState.EXITED && RestartDecision.restartsAll(spec, container.exitCode());
    }

    /// Whether nothing is left to remove.
    static boolean cleared(Pod pod, ObservedPod observed) {
        return own(pod).stream().noneMatch(c -> observed.latest(c.name()).isPresent());
    }

    /// What is to be removed, in order.
    static List<RuntimeContainer> removals(Pod pod, ObservedPod observed) {
        List<RuntimeContainer> victims = new ArrayList<>();
        List<RuntimeContainer> sources = new ArrayList<>();
        for (List<PodContainer> group : List.of(PodContainer.regular(pod), PodContainer.initial(pod))) {
            for (PodContainer container : group) {
                observed.containers().stream()
                        .filter(c -> c.name().equals(container.name()))
                        .forEach(c -> (triggers(container.spec(), c) ? sources : victims).add(c));
            }
        }
        victims.addAll(sources);
        return victims;
    }

    private static List<PodContainer> own(Pod pod) {
        List<PodContainer> own = new ArrayList<>(PodContainer.initial(pod));
        own.addAll(PodContainer.regular(pod));
        return own;
    }

    /// Whether a status shows an end that this brought about.
    static boolean ended(ContainerStatus status) {
        return Stream.of(Optional.ofNullable(status.state()), Optional.ofNullable(status.lastState()))
                .flatMap(Optional::stream)
                .anyMatch(state -> state.terminated() != null
                        && REASON.equals(state.terminated().reason()));
    }
}
