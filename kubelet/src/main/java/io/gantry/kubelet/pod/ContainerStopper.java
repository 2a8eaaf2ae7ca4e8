package io.gantry.kubelet.pod;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerBuilder;
import io.gantry.api.core.v1.pod.LifecycleHandler;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Stops containers with their hooks and grace (upstream `kuberuntime_container.go`, killContainer). Thread-safe.
final class ContainerStopper {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerStopper.class);

    private final PodContext context;

    ContainerStopper(PodContext context) {
        this.context = context;
    }

    /// Runs the preStop hook, then stops; blocks until the container is dead.
    void stop(Pod pod, PodContainer container, String id, String message, Duration grace, String podIp) {
        Instant began = context.clock().instant();
        String shown = message.isEmpty() ? "Stopping container " + container.name() : message;
        context.events().normal(pod, container.fieldPath(), "Killing", shown);
        var lifecycle = container.spec().lifecycle();
        LifecycleHandler hook = lifecycle == null ? null : lifecycle.preStop();
        if (hook != null && grace.isPositive()) {
            preStop(pod, container, id, hook, grace, podIp);
        }
        Duration left = grace.minus(Duration.between(began, context.clock().instant()));
        context.runtime().stopContainer(id, left.compareTo(Grace.MINIMUM) < 0 ? Grace.MINIMUM : left);
    }

    private void preStop(
            Pod pod, PodContainer container, String id, LifecycleHandler hook, Duration grace, String podIp) {
        try {
            context.hooks().run(hook, container.spec(), id, podIp, grace);
        } catch (Hooks.HookFailure failure) {
            context.events()
                    .warning(
                            pod,
                            container.fieldPath(),
                            "FailedPreStopHook",
                            "PreStopHook failed: " + failure.getMessage());
        }
    }

    /// Stops everything that runs: all at once, sidecars after the others in reverse order. Blocks.
    ///
    /// @throws RuntimeException the first failure, after all were tried
    void stopAll(Pod pod, ObservedPod observed, Duration grace) {
        Instant deadline = context.clock().instant().plus(grace);
        Map<String, PodContainer> specs = new ConcurrentHashMap<>();
        PodContainer.all(pod).forEach(c -> specs.put(c.name(), c));
        List<RuntimeContainer> first = new ArrayList<>();
        List<RuntimeContainer> sidecars = new ArrayList<>();
        for (RuntimeContainer container : observed.running()) {
            PodContainer spec = specs.get(container.name());
            boolean sidecar = spec != null && spec.role() == PodContainer.Role.SIDECAR;
            (sidecar ? sidecars : first).add(container);
        }
        String ip = observed.newestSandbox()
                .flatMap(s -> s.ips().stream().findFirst())
                .orElse("");
        together(first, c -> stop(pod, spec(specs, c), c.id(), "", grace, ip));
        List<String> order =
                PodContainer.initial(pod).stream().map(PodContainer::name).toList();
        sidecars.sort((a, b) -> order.indexOf(b.name()) - order.indexOf(a.name()));
        for (RuntimeContainer sidecar : sidecars) {
            Duration left = Duration.between(context.clock().instant(), deadline);
            stop(pod, spec(specs, sidecar), sidecar.id(), "", left.isNegative() ? Duration.ZERO : left, ip);
        }
    }

    /// Kills what still runs, without hooks.
    void kill(ObservedPod observed, Duration grace) {
        together(
                observed.running(),
                c -> context.runtime()
                        .stopContainer(c.id(), grace.compareTo(Grace.MINIMUM) < 0 ? Grace.MINIMUM : grace));
    }

    private interface Stop {
        void run(RuntimeContainer container);
    }

    private static void together(List<RuntimeContainer> containers, Stop stop) {
        List<RuntimeException> failures = new CopyOnWriteArrayList<>();
        List<Thread> threads = containers.stream()
                .map(c -> Thread.ofVirtual().name("stop-" + c.name()).start(() -> {
                    try {
                        stop.run(c);
                    } catch (RuntimeException failure) {
                        failures.add(failure);
                    }
                }))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /// The spec, or what the container's annotations tell of it where the pod's is gone.
    private static PodContainer spec(Map<String, PodContainer> specs, RuntimeContainer container) {
        PodContainer known = specs.get(container.name());
        if (known != null) {
            return known;
        }
        Container restored = ContainerBuilder.builder().name(container.name()).build();
        String hook = container.annotations().get(RuntimeLabels.PRE_STOP_HANDLER);
        if (hook != null) {
            try {
                LifecycleHandler handler = Json.MAPPER.readValue(hook, LifecycleHandler.class);
                restored = ContainerBuilder.builder(restored)
                        .lifecycle(io.gantry.api.core.v1.pod.LifecycleBuilder.builder()
                                .preStop(handler)
                                .build())
                        .build();
            } catch (JacksonException malformed) {
                LOG.warn("preStop hook of container {} is not readable", container.id(), malformed);
            }
        }
        return new PodContainer(restored, PodContainer.Role.REGULAR, "");
    }
}
