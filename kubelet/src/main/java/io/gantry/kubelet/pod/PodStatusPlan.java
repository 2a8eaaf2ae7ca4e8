package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.HostIP;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodIP;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.core.v1.pod.PodStatus;
import io.gantry.api.core.v1.pod.PodStatusBuilder;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.kubelet.runtime.Sandbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A pod's status from its spec, what the API was told before, and what was observed. Pure.
public final class PodStatusPlan {
    /// What a status is made from.
    ///
    /// @param pod with the status that the API was last told
    /// @param failures why containers wait, by container name
    /// @param actual what running containers have of CPU and memory, by name
    /// @param nodeIps the node's own addresses, the first being the primary one
    /// @param terminal nothing of the pod will run any more
    /// @param ending reason and message of a pod that the kubelet itself ended; both empty otherwise
    public record Inputs(
            Pod pod,
            ObservedPod observed,
            ProbeResults probes,
            Map<String, StartFailure> failures,
            Map<String, ResourceRequirements> actual,
            ResizeState resize,
            String runtimeName,
            List<String> nodeIps,
            boolean terminal,
            Ending ending,
            Instant now) {
        public Inputs {
            failures = Map.copyOf(failures);
            actual = Map.copyOf(actual);
            nodeIps = List.copyOf(nodeIps);
        }
    }

    /// Why the kubelet itself ended a pod, e.g. `DeadlineExceeded` or `Evicted`.
    public record Ending(String reason, String message) {
        public static final Ending NONE = new Ending("", "");

        public boolean isSet() {
            return !reason.isEmpty();
        }
    }

    private PodStatusPlan() {}

    public static PodStatus of(Inputs in) {
        ContainerStatuses statuses = new ContainerStatuses(in);
        List<ContainerStatus> initial = statuses.initial();
        List<ContainerStatus> regular = statuses.regular();
        PodStatus before = in.pod().status();
        String phase = phase(in, initial, regular);
        PodStatusBuilder status = PodStatusBuilder.builder(before)
                .observedGeneration(in.pod().metadata().generation())
                .phase(phase)
                .conditions(new PodConditions(in.pod(), phase, in.now())
                        .of(in.observed(), initial, regular, in.terminal() ? ResizeState.NONE : in.resize()))
                .initContainerStatuses(initial)
                .containerStatuses(regular)
                .ephemeralContainerStatuses(statuses.ephemeral())
                .allocatedResources(PodResources.requests(in.pod()))
                .resources(WholeResources.of(in.pod(), in.resize().underWay()))
                .qosClass(before.qosClass() == null ? Qos.of(in.pod()).name() : before.qosClass())
                .startTime(Objects.requireNonNullElse(before.startTime(), ContainerStatuses.seconds(in.now())));
        if (in.ending().isSet()) {
            status.reason(in.ending().reason()).message(in.ending().message());
        }
        addresses(in, status);
        return status.build();
    }

    /// What is told of it: a pod ends for others once nothing of it runs (upstream `mergePodStatus`), since who
    /// hears of its end gives what it has to others.
    ///
    /// @param status as [#of] has it
    static PodStatus told(Inputs in, PodStatus status) {
        PodStatus before = in.pod().status();
        boolean ends = isTerminal(status.phase()) && !isTerminal(before.phase());
        if (!ends || in.observed().running().isEmpty()) {
            return status;
        }
        return PodStatusBuilder.builder(status)
                .phase(Objects.requireNonNullElse(before.phase(), "Pending"))
                .reason(before.reason())
                .message(before.message())
                .build();
    }

    private static String phase(Inputs in, List<ContainerStatus> initial, List<ContainerStatus> regular) {
        String before = Objects.requireNonNullElse(in.pod().status().phase(), "Pending");
        if (isTerminal(before)) {
            return before;
        }
        boolean anyRunning =
                regular.stream().anyMatch(s -> s.state() != null && s.state().running() != null);
        if (in.ending().isSet()) {
            return "Failed";
        }
        return PodPhase.of(in.pod(), initial, regular, in.terminal() && !anyRunning);
    }

    public static boolean isTerminal(@Nullable String phase) {
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    private static void addresses(Inputs in, PodStatusBuilder status) {
        if (in.nodeIps().isEmpty()) {
            return;
        }
        String hostIp = in.nodeIps().getFirst();
        status.hostIP(hostIp).hostIPs(in.nodeIps().stream().map(HostIP::new).toList());
        List<String> ips = in.observed().newestSandbox().map(Sandbox::ips).orElse(List.of());
        if (Boolean.TRUE.equals(in.pod().spec().hostNetwork())) {
            ips = in.nodeIps();
        }
        if (!ips.isEmpty()) {
            status.podIP(ips.getFirst()).podIPs(ips.stream().map(PodIP::new).toList());
        }
    }
}
