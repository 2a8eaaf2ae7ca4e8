package io.gantry.kubelet.node;

import io.gantry.api.core.v1.pod.EmptyDirVolumeSource;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.core.v1.pod.Volume;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.pod.PodContainer;
import java.util.Map;
import java.util.Optional;

/// Whether a pod has written more to the node's disk than its limits allow (upstream
/// `pkg/kubelet/eviction/eviction_manager.go`, localStorageEviction). Pure.
public final class StorageLimits {
    private static final String STORAGE = "ephemeral-storage";

    private StorageLimits() {}

    /// What a pod has on the node's disk, in bytes.
    ///
    /// @param emptyDirs by volume name
    /// @param containers writable layers and logs, by container name
    public record Used(Map<String, Long> emptyDirs, Map<String, Long> containers) {
        long total() {
            return sum(containers) + sum(emptyDirs);
        }
    }

    /// Whether anything about a pod is limited, so that it is worth looking.
    public static boolean isLimited(Pod pod) {
        return PodResources.limits(pod.spec()).containsKey(STORAGE)
                || pod.spec().volumes().stream()
                        .anyMatch(volume -> sizeLimit(volume).isPresent());
    }

    /// Why the pod has to go, in upstream's words; empty where it may stay.
    public static Optional<String> exceeded(Pod pod, Used used) {
        return emptyDir(pod, used).or(() -> pod(pod, used)).or(() -> container(pod, used));
    }

    private static Optional<String> emptyDir(Pod pod, Used used) {
        return pod.spec().volumes().stream()
                .filter(volume -> sizeLimit(volume)
                        .filter(limit -> used.emptyDirs().getOrDefault(volume.name(), 0L) > limit.value())
                        .isPresent())
                .findFirst()
                .map(volume -> "Usage of EmptyDir volume \"" + volume.name() + "\" exceeds the limit \""
                        + sizeLimit(volume).orElseThrow().canonical() + "\". ");
    }

    private static Optional<String> pod(Pod pod, Used used) {
        Quantity limit = PodResources.limits(pod.spec()).get(STORAGE);
        long total = used.total();
        return limit == null || total <= limit.value()
                ? Optional.empty()
                : Optional.of("Pod ephemeral local storage usage exceeds the total limit of containers "
                        + limit.canonical() + ". ");
    }

    private static Optional<String> container(Pod pod, Used used) {
        return PodContainer.all(pod).stream()
                .filter(container -> limit(container)
                        .filter(limit -> used.containers().getOrDefault(container.name(), 0L) > limit.value())
                        .isPresent())
                .findFirst()
                .map(container -> "Container " + container.name() + " exceeded its local ephemeral storage limit \""
                        + limit(container).orElseThrow().canonical() + "\". ");
    }

    private static Optional<Quantity> limit(PodContainer container) {
        return Optional.ofNullable(
                PodResources.limitsOf(container.spec().resources()).get(STORAGE));
    }

    private static Optional<Quantity> sizeLimit(Volume volume) {
        EmptyDirVolumeSource source = volume.emptyDir();
        return Optional.ofNullable(source == null || "Memory".equals(source.medium()) ? null : source.sizeLimit())
                .filter(limit -> limit.value() > 0);
    }

    private static long sum(Map<String, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
