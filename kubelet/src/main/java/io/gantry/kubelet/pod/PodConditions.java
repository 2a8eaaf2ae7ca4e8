package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.api.core.v1.pod.PodConditionBuilder;
import io.gantry.api.core.v1.pod.PodReadinessGate;
import io.gantry.kubelet.runtime.Sandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The kubelet's pod conditions (upstream `pkg/kubelet/status/generate.go`); those of others are kept. Pure.
final class PodConditions {
    static final Set<String> OWNED = Set.of(
            "PodReadyToStartContainers",
            "Initialized",
            "Ready",
            "ContainersReady",
            "PodScheduled",
            AllRestart.CONDITION);

    /// Conditions that are there only while they hold.
    static final Set<String> PASSING = Set.of("PodResizePending", "PodResizeInProgress");

    private final Pod pod;
    private final String phase;
    private final Instant now;

    PodConditions(Pod pod, String phase, Instant now) {
        this.pod = pod;
        this.phase = phase;
        this.now = now;
    }

    List<PodCondition> of(
            ObservedPod observed, List<ContainerStatus> initial, List<ContainerStatus> regular, ResizeState resize) {
        PodCondition containersReady = containersReady(initial, regular);
        List<PodCondition> conditions = new ArrayList<>();
        conditions.add(condition("PodReadyToStartContainers", hasSandbox(observed), null, null));
        conditions.add(initialized(initial, regular));
        conditions.add(ready(containersReady));
        conditions.add(containersReady);
        conditions.add(condition("PodScheduled", true, null, null));
        if (AllRestart.possible(pod)) {
            conditions.add(allRestarting(observed));
        }
        pod.status().conditions().stream()
                .filter(c -> !OWNED.contains(c.type()) && !PASSING.contains(c.type()))
                .forEach(conditions::add);
        resize(resize, conditions);
        return conditions;
    }

    private void resize(ResizeState resize, List<PodCondition> conditions) {
        ResizePlan plan = resize.plan();
        if (plan.verdict() != ResizePlan.Verdict.FITS) {
            conditions.add(condition("PodResizePending", true, plan.verdict().reason(), plan.message()));
        }
        if (resize.underWay()) {
            boolean failed = !resize.failure().isEmpty();
            conditions.add(
                    condition("PodResizeInProgress", true, failed ? "Error" : null, failed ? resize.failure() : null));
        }
    }

    private PodCondition allRestarting(ObservedPod observed) {
        return switch (phase) {
            case "Succeeded" -> condition(AllRestart.CONDITION, false, "PodCompleted", null);
            case "Failed" -> condition(AllRestart.CONDITION, false, "PodFailed", null);
            default -> {
                boolean goesOn = AllRestart.wanted(pod, observed) && !AllRestart.cleared(pod, observed);
                yield goesOn
                        ? condition(
                                AllRestart.CONDITION,
                                true,
                                "RestartAllContainersStarted",
                                "container exited with restart policy rule")
                        : condition(AllRestart.CONDITION, false, null, null);
            }
        };
    }

    private boolean hasSandbox(ObservedPod observed) {
        Optional<Sandbox> sandbox = observed.readySandbox();
        boolean hostNetwork = Boolean.TRUE.equals(pod.spec().hostNetwork());
        return sandbox.isPresent() && (hostNetwork || !sandbox.get().ips().isEmpty());
    }

    private PodCondition initialized(List<ContainerStatus> initial, List<ContainerStatus> regular) {
        if (phase.equals("Succeeded")) {
            return condition("Initialized", true, "PodCompleted", null);
        }
        boolean anyStarted = regular.stream()
                .anyMatch(s -> s.state() != null
                        && (s.state().running() != null || s.state().terminated() != null));
        List<PodContainer> containers = PodContainer.initial(pod);
        List<String> incomplete = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
            boolean done = containers.get(i).role() == PodContainer.Role.SIDECAR
                    ? Boolean.TRUE.equals(initial.get(i).started())
                    : initial.get(i).ready();
            if (!done) {
                incomplete.add(containers.get(i).name());
            }
        }
        if (incomplete.isEmpty() || anyStarted || wasInitialized()) {
            return condition("Initialized", true, null, null);
        }
        return condition(
                "Initialized",
                false,
                "ContainersNotInitialized",
                "containers with incomplete status: " + names(incomplete));
    }

    /// Once initialized, a pod stays so, also while its init containers run again.
    private boolean wasInitialized() {
        return pod.status().conditions().stream()
                .anyMatch(c -> c.type().equals("Initialized") && "True".equals(c.status()));
    }

    private PodCondition containersReady(List<ContainerStatus> initial, List<ContainerStatus> regular) {
        if (phase.equals("Succeeded")) {
            return condition("ContainersReady", false, "PodCompleted", null);
        }
        if (phase.equals("Failed")) {
            return condition("ContainersReady", false, "PodFailed", null);
        }
        List<String> unready = new ArrayList<>();
        List<PodContainer> containers = PodContainer.initial(pod);
        for (int i = 0; i < containers.size(); i++) {
            if (containers.get(i).role() == PodContainer.Role.SIDECAR
                    && !initial.get(i).ready()) {
                unready.add(containers.get(i).name());
            }
        }
        for (PodContainer container : PodContainer.regular(pod)) {
            if (regular.stream().noneMatch(s -> s.name().equals(container.name()) && s.ready())) {
                unready.add(container.name());
            }
        }
        if (unready.isEmpty()) {
            return condition("ContainersReady", true, null, null);
        }
        return condition(
                "ContainersReady", false, "ContainersNotReady", "containers with unready status: " + names(unready));
    }

    private PodCondition ready(PodCondition containersReady) {
        if (!"True".equals(containersReady.status())) {
            return condition("Ready", false, containersReady.reason(), containersReady.message());
        }
        List<String> unmet = pod.spec().readinessGates().stream()
                .map(this::unmet)
                .flatMap(Optional::stream)
                .toList();
        return unmet.isEmpty()
                ? condition("Ready", true, null, null)
                : condition("Ready", false, "ReadinessGatesNotReady", String.join(", ", unmet));
    }

    private Optional<String> unmet(PodReadinessGate gate) {
        Optional<PodCondition> condition = pod.status().conditions().stream()
                .filter(c -> c.type().equals(gate.conditionType()))
                .findFirst();
        if (condition.isEmpty()) {
            return Optional.of(
                    "corresponding condition of pod readiness gate \"" + gate.conditionType() + "\" does not exist.");
        }
        if ("True".equals(condition.get().status())) {
            return Optional.empty();
        }
        return Optional.of("the status of pod readiness gate \"" + gate.conditionType() + "\" is not \"True\", but "
                + condition.get().status());
    }

    private PodCondition condition(String type, boolean met, @Nullable String reason, @Nullable String message) {
        String status = met ? "True" : "False";
        Instant since = pod.status().conditions().stream()
                .filter(c -> c.type().equals(type) && status.equals(c.status()))
                .map(PodCondition::lastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(ContainerStatuses.seconds(now));
        return PodConditionBuilder.builder()
                .type(type)
                .observedGeneration(pod.metadata().generation())
                .status(status)
                .lastTransitionTime(since)
                .reason(reason)
                .message(message)
                .build();
    }

    private static String names(List<String> names) {
        return names.stream().collect(Collectors.joining(" ", "[", "]"));
    }
}
