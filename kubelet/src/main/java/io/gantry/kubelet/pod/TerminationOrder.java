package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Whose turn it is to stop: sidecars after the regular containers, the last one first (upstream
/// `kuberuntime_termination_order.go`). Thread-safe.
final class TerminationOrder {
    private final Map<String, CountDownLatch> stopped = new HashMap<>();
    private final Map<String, List<CountDownLatch>> before = new HashMap<>();

    private TerminationOrder() {}

    /// @param running the names of the containers that are to stop
    static TerminationOrder of(Pod pod, Collection<String> running) {
        TerminationOrder order = new TerminationOrder();
        running.forEach(name -> order.stopped.put(name, new CountDownLatch(1)));
        List<CountDownLatch> regular = order.latches(PodContainer.regular(pod));
        Optional<PodContainer> later = Optional.empty();
        for (PodContainer container : PodContainer.initial(pod).reversed()) {
            if (container.role() == PodContainer.Role.SIDECAR) {
                List<CountDownLatch> first = new ArrayList<>(regular);
                first.addAll(order.latches(later.stream().toList()));
                order.before.put(container.name(), first);
                later = Optional.of(container);
            }
        }
        return order;
    }

    private List<CountDownLatch> latches(List<PodContainer> containers) {
        return containers.stream()
                .map(container -> Optional.ofNullable(stopped.get(container.name())))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Blocks until it is the container's turn, at most as long as the limit; returns whether it is.
    boolean await(String name, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (CountDownLatch latch : before.getOrDefault(name, List.of())) {
            if (!latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    /// Lets those go on that wait for the container.
    void stopped(String name) {
        Optional.ofNullable(stopped.get(name)).ifPresent(CountDownLatch::countDown);
    }
}
