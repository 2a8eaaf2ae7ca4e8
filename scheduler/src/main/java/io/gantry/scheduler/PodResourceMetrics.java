package io.gantry.scheduler;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.resource.Quantity;
import io.gantry.component.Counts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `/metrics/resources`: what each pod that has not ended asks for and may use (upstream
/// `pkg/scheduler/metrics/resources`). Pure.
final class PodResourceMetrics {
    private static final List<String> LABELS =
            List.of("namespace", "pod", "node", "scheduler", "priority", "resource", "unit");

    private PodResourceMetrics() {}

    static String text(Collection<Pod> pods) {
        StringBuilder requests = new StringBuilder("# TYPE kube_pod_resource_request gauge\n");
        StringBuilder limits = new StringBuilder("# TYPE kube_pod_resource_limit gauge\n");
        for (Pod pod : pods) {
            if (!hasEnded(pod)) {
                append(requests, "kube_pod_resource_request", pod, PodResources.requests(pod));
                append(limits, "kube_pod_resource_limit", pod, PodResources.limits(pod.spec()));
            }
        }
        return limits.append(requests).toString();
    }

    private static boolean hasEnded(Pod pod) {
        return !text(pod.spec().nodeName()).isEmpty()
                && List.of("Succeeded", "Failed").contains(text(pod.status().phase()));
    }

    private static void append(StringBuilder out, String name, Pod pod, Map<String, Quantity> amounts) {
        amounts.forEach((resource, amount) -> {
            double value = amount.amount().doubleValue();
            if (value != 0) {
                Integer priority = pod.spec().priority();
                out.append(Counts.line(
                        name,
                        LABELS,
                        List.of(
                                text(pod.metadata().namespace()),
                                text(pod.metadata().name()),
                                text(pod.spec().nodeName()),
                                text(pod.spec().schedulerName()),
                                priority == null ? "" : priority.toString(),
                                resource,
                                unit(resource)),
                        value));
            }
        });
    }

    private static String unit(String resource) {
        return switch (resource) {
            case "cpu" -> "cores";
            case "memory", "storage", "ephemeral-storage" -> "bytes";
            default ->
                resource.startsWith("hugepages-")
                        ? "bytes"
                        : resource.startsWith("attachable-volumes-") ? "integer" : "";
        };
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
