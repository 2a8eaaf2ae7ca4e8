package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.ContainerStateTerminated;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.PodStatus;
import io.gantry.component.Counts;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts the containers that end, as statuses say it (upstream's `kubelet_terminated_containers_total`). Thread-safe.
final class Terminations {
    private final Counts ended =
            Counts.counter("kubelet_terminated_containers_total", "container_type", "exit_code", "reason");

    /// What the new status says and the old one did not.
    void count(PodStatus before, PodStatus now) {
        count("init_container", before.initContainerStatuses(), now.initContainerStatuses());
        count("container", before.containerStatuses(), now.containerStatuses());
        count("ephemeral_container", before.ephemeralContainerStatuses(), now.ephemeralContainerStatuses());
    }

    private void count(String type, List<ContainerStatus> before, List<ContainerStatus> now) {
        Set<String> known = new HashSet<>();
        before.stream().filter(status -> end(status) != null).forEach(status -> known.add(status.name()));
        for (ContainerStatus status : now) {
            ContainerStateTerminated end = end(status);
            if (end != null && !known.contains(status.name())) {
                ended.of(type, Integer.toString(end.exitCode()), Objects.requireNonNullElse(end.reason(), ""))
                        .increment();
            }
        }
    }

    private static @Nullable ContainerStateTerminated end(ContainerStatus status) {
        return status.state() == null ? null : status.state().terminated();
    }

    String text() {
        return ended.text();
    }
}
