package io.gantry.controllermanager.statemetrics;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerState;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.resource.Quantity;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Pods and their containers.
final class PodMetrics {
    private static final List<String> PHASES = List.of("Pending", "Succeeded", "Failed", "Unknown", "Running");

    /// Writes the samples of a container.
    private interface OfContainer {
        void write(ContainerStatus status, ContainerState state, Samples samples) throws IOException;
    }

    private PodMetrics() {}

    static List<Family<?>> families() {
        Family<Pod> pods = Family.withUid(PodKind.KIND, "pod")
                .gauge("info", PodMetrics::info)
                .gauge("start_time", (pod, samples) -> samples.time(pod.status().startTime()))
                .gauge("completion_time", PodMetrics::completion)
                .gauge("owner", (pod, samples) -> owners(pod.metadata().ownerReferences(), samples))
                .created()
                .gauge(
                        "restart_policy",
                        (pod, samples) -> samples.add(1, "type", pod.spec().restartPolicy()))
                .gauge("status_phase", PodMetrics::phase)
                .gauge("status_ready", (pod, samples) -> condition(pod, "Ready", samples))
                .gauge("status_scheduled", (pod, samples) -> condition(pod, "PodScheduled", samples))
                .gauge("status_unschedulable", PodMetrics::unschedulable);
        containers(pods);
        pods.gauge(
                        "container_resource_requests",
                        (pod, samples) -> resources(pod, ResourceRequirements::requests, samples))
                .gauge(
                        "container_resource_limits",
                        (pod, samples) -> resources(pod, ResourceRequirements::limits, samples));
        return List.of(pods);
    }

    private static void containers(Family<Pod> pods) {
        pods.gauge("container_info", PodMetrics::containerInfo)
                .gauge(
                        "container_status_waiting",
                        each((status, state, samples) ->
                                samples.flag(state.waiting() != null, "container", status.name())))
                .gauge(
                        "container_status_waiting_reason",
                        each((status, state, samples) -> reason(
                                status,
                                state.waiting() == null ? null : state.waiting().reason(),
                                samples)))
                .gauge(
                        "container_status_running",
                        each((status, state, samples) ->
                                samples.flag(state.running() != null, "container", status.name())))
                .gauge("container_state_started", each(PodMetrics::started))
                .gauge(
                        "container_status_terminated",
                        each((status, state, samples) ->
                                samples.flag(state.terminated() != null, "container", status.name())))
                .gauge(
                        "container_status_terminated_reason",
                        each((status, state, samples) -> reason(
                                status,
                                state.terminated() == null
                                        ? null
                                        : state.terminated().reason(),
                                samples)))
                .gauge(
                        "container_status_ready",
                        each((status, state, samples) ->
                                samples.flag(Boolean.TRUE.equals(status.ready()), "container", status.name())))
                .counter(
                        "container_status_restarts_total",
                        each((status, state, samples) ->
                                samples.add(status.restartCount(), "container", status.name())));
    }

    private static Family.Measure<Pod> each(OfContainer measure) {
        return (pod, samples) -> {
            for (ContainerStatus status : pod.status().containerStatuses()) {
                ContainerState state = status.state();
                measure.write(status, state == null ? new ContainerState(null, null, null) : state, samples);
            }
        };
    }

    private static void reason(ContainerStatus status, @Nullable String reason, Samples samples) throws IOException {
        if (reason != null) {
            samples.add(1, "container", status.name(), "reason", reason);
        }
    }

    private static void started(ContainerStatus status, ContainerState state, Samples samples) throws IOException {
        Instant time = state.running() != null
                ? state.running().startedAt()
                : state.terminated() != null ? state.terminated().startedAt() : null;
        if (time != null) {
            samples.add(time.getEpochSecond(), "container", status.name());
        }
    }

    private static void info(Pod pod, Samples samples) throws IOException {
        Optional<OwnerReference> owner = pod.metadata().ownerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.controller()))
                .findFirst();
        samples.add(
                1,
                "host_ip",
                pod.status().hostIP(),
                "pod_ip",
                pod.status().podIP(),
                "node",
                pod.spec().nodeName(),
                "created_by_kind",
                owner.map(OwnerReference::kind).orElse(""),
                "created_by_name",
                owner.map(OwnerReference::name).orElse(""),
                "priority_class",
                pod.spec().priorityClassName(),
                "host_network",
                Boolean.toString(Boolean.TRUE.equals(pod.spec().hostNetwork())));
    }

    private static void completion(Pod pod, Samples samples) throws IOException {
        List<Instant> ends = pod.status().containerStatuses().stream()
                .map(ContainerStatus::state)
                .filter(state -> state != null && state.terminated() != null)
                .map(state -> state.terminated().finishedAt())
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (!ends.isEmpty() && ends.size() == pod.status().containerStatuses().size()) {
            samples.time(ends.getLast());
        }
    }

    /// Whose an object is; one sample with empty labels where it is nobody's.
    static void owners(List<OwnerReference> owners, Samples samples) throws IOException {
        if (owners.isEmpty()) {
            samples.add(1, "owner_kind", "", "owner_name", "", "owner_is_controller", "");
        }
        for (OwnerReference owner : owners) {
            String controls = Boolean.toString(Boolean.TRUE.equals(owner.controller()));
            samples.add(1, "owner_kind", owner.kind(), "owner_name", owner.name(), "owner_is_controller", controls);
        }
    }

    private static void phase(Pod pod, Samples samples) throws IOException {
        for (String phase : PHASES) {
            samples.flag(phase.equals(pod.status().phase()), "phase", phase);
        }
    }

    private static void condition(Pod pod, String type, Samples samples) throws IOException {
        for (PodCondition condition : pod.status().conditions()) {
            if (condition.type().equals(type)) {
                Family.answers(samples, condition.status(), "condition");
            }
        }
    }

    private static void unschedulable(Pod pod, Samples samples) throws IOException {
        for (PodCondition condition : pod.status().conditions()) {
            if (condition.type().equals("PodScheduled") && condition.status().equals("False")) {
                samples.flag("Unschedulable".equals(condition.reason()));
            }
        }
    }

    private static void containerInfo(Pod pod, Samples samples) throws IOException {
        for (ContainerStatus status : pod.status().containerStatuses()) {
            String spec = pod.spec().containers().stream()
                    .filter(container -> container.name().equals(status.name()))
                    .map(Container::image)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            samples.add(
                    1,
                    "container",
                    status.name(),
                    "image_spec",
                    spec,
                    "image",
                    status.image(),
                    "image_id",
                    status.imageID(),
                    "container_id",
                    status.containerID());
        }
    }

    private static void resources(Pod pod, Function<ResourceRequirements, Map<String, Quantity>> which, Samples samples)
            throws IOException {
        for (Container container : pod.spec().containers()) {
            ResourceRequirements wanted = container.resources();
            if (wanted != null) {
                for (Map.Entry<String, Quantity> entry : which.apply(wanted).entrySet()) {
                    resource(
                            samples,
                            entry,
                            "container",
                            container.name(),
                            "node",
                            pod.spec().nodeName());
                }
            }
        }
    }

    /// A quantity with its name and unit as labels.
    static void resource(Samples samples, Map.Entry<String, Quantity> entry, @Nullable String... more)
            throws IOException {
        @Nullable String[] labels = Arrays.copyOf(more, more.length + 4);
        labels[more.length] = "resource";
        labels[more.length + 1] = entry.getKey().replaceAll("[^a-zA-Z0-9_]", "_");
        labels[more.length + 2] = "unit";
        labels[more.length + 3] = unit(entry.getKey());
        samples.add(entry.getValue().amount().doubleValue(), labels);
    }

    private static String unit(String resource) {
        return resource.equals("cpu")
                ? "core"
                : resource.equals("memory") || resource.contains("storage") || resource.startsWith("hugepages-")
                        ? "byte"
                        : "integer";
    }
}
